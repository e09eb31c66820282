import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineUp } from './contestants/line-up.js';
import { root } from './contestants/places.js';
import type { Hashing } from './hashing.js';
import { divideCores } from './measure/cores.js';
import type { ColdStarts, Measurements, RoundsSetting } from './measure/rounds.js';
import { course, playRounds, startCold } from './measure/rounds.js';
import { chartOf } from './report/chart.js';
import { figuresOf } from './report/figures.js';
import { factsOf } from './report/machine.js';
import { betweenMarkers } from './report/page.js';
import { asMarkdown, asText, tablesOf } from './report/tables.js';
import { countOf } from './workloads/counts.js';
import type { Workload } from './workloads/workload.js';
import { withHashing, workloads } from './workloads/workloads.js';
import type { Words } from './words.js';
import { readWords } from './words.js';

async function main(words: Words): Promise<void> {
  const begin = performance.now();
  const pin = divideCores();
  const folder = mkdtempSync(join(tmpdir(), 'twofold-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
  const users = words.quick ? 1_000 : 10_000;
  const setting: RoundsSetting = {
    users,
    rounds: words.rounds,
    count: (workload, contestant) => countOf(workload, contestant, words.quick),
    progress: (line) => process.stderr.write(`${line}\n`),
  };
  const wanted = (name: string) => words.only?.includes(name) ?? true;
  const chosen = workloads.filter(({ id }) => wanted(id.slice(0, 2)));
  const measurements: Measurements = new Map();
  let starts: ColdStarts = new Map();

  async function play(hashing: Hashing, round: readonly Workload[], isStarted: boolean): Promise<void> {
    const line = await lineUp({ folder: join(folder, hashing), users, hashing, pin });
    try {
      const common = course(users);
      // Before the clocks are moved far: a program that starts anew has the system's.
      if (isStarted) starts = await startCold(line, setting, common);
      for (const [id, measured] of await playRounds(line, round, setting, common))
        measurements.set(id, measured);
    } finally {
      await line.stop();
    }
  }

  if (chosen.length > 0 || wanted('W5')) await play('out', chosen, wanted('W5'));
  if (wanted('W1')) await play('in', [withHashing], false);

  const figures = figuresOf(measurements, starts);
  const tables = tablesOf(figures);
  console.log(tables.map(asText).join('\n'));
  if (words.quick || words.only !== null) return console.log('\nNothing was written: this was no full run.');
  const minutes = (performance.now() - begin) / 60_000;
  const facts = factsOf({ users, rounds: words.rounds, pinned: pin.length > 0, minutes }, new Date());
  const page = join(root, 'docs/performance.md');
  const text = [facts, '![CPU for one piece of work](images/bench.svg)', ...tables.map(asMarkdown)].join(
    '\n\n',
  );
  writeFileSync(page, betweenMarkers(readFileSync(page, 'utf8'), text));
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  writeFileSync(join(root, 'docs/images/bench.svg'), chartOf(figures));
  console.log('\nWritten to docs/performance.md and docs/images/bench.svg.');
}

try {
  await main(readWords(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
