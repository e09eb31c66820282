import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineUp } from './contestants/line-up.js';
import { root } from './contestants/places.js';
import type { Hashing } from './hashing.js';
import { divideCores } from './measure/cores.js';
import type { ColdStarts, Measurements, RoundsSetting } from './measure/rounds.js';
import { course, playRounds, startCold } from './measure/rounds.js';
import { chartOf } from './report/chart.js';
import type { Figures } from './report/figures.js';
import { figuresOf } from './report/figures.js';
import { factsOf } from './report/machine.js';
import { betweenMarkers } from './report/page.js';
import type { Table } from './report/tables.js';
import { asMarkdown, asText, tablesOf } from './report/tables.js';
import { scratchFolder } from './scratch-folder.js';
import { countOf } from './workloads/counts.js';
import type { Workload } from './workloads/workload.js';
import { withHashing, workloads } from './workloads/workloads.js';
import type { Words } from './words.js';
import { readWords } from './words.js';

/** A run in the making. */
interface Run {
  readonly words: Words;
  readonly setting: RoundsSetting;
  readonly pin: readonly string[];
  /** For the databases; it is gone when the run ends. */
  readonly folder: string;
  readonly measurements: Measurements;
  readonly starts: ColdStarts;
}

const isWanted = ({ only }: Words, name: string) => only?.includes(name) ?? true;

function begin(words: Words): Run {
  const pin = divideCores();
  const setting: RoundsSetting = {
    users: words.quick ? 1_000 : 10_000,
    rounds: words.rounds,
    count: (workload, contestant) => countOf(workload, contestant, words.quick),
    progress: (line) => process.stderr.write(`${line}\n`),
  };
  return { words, setting, pin, folder: scratchFolder(), measurements: new Map(), starts: new Map() };
}

/** All rounds of these workloads, on databases of their own. */
async function play(run: Run, hashing: Hashing, chosen: readonly Workload[], isStarted: boolean) {
  const { setting, pin, folder } = run;
  const { users } = setting;
  const line = await lineUp({ folder: join(folder, hashing), users, hashing, pin });
  try {
    const common = course(users);
    // Before the clocks are moved far: a program that starts anew has the system's.
    if (isStarted)
      for (const [id, starts] of await startCold(line, setting, common)) run.starts.set(id, starts);
    for (const [id, measured] of await playRounds(line, chosen, setting, common))
      run.measurements.set(id, measured);
  } finally {
    await line.stop();
  }
}

function write({ setting, pin }: Run, figures: Figures, tables: readonly Table[]): void {
  const minutes = performance.now() / 60_000;
  const facts = factsOf({ ...setting, pinned: pin.length > 0, minutes }, new Date());
  const page = join(root, 'docs/performance.md');
  const text = [facts, '![CPU for one piece of work](images/bench.svg)', ...tables.map(asMarkdown)].join(
    '\n\n',
  );
  writeFileSync(page, betweenMarkers(readFileSync(page, 'utf8'), text));
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  writeFileSync(join(root, 'docs/images/bench.svg'), chartOf(figures));
}

async function main(words: Words): Promise<void> {
  const run = begin(words);
  const chosen = workloads.filter(({ id }) => isWanted(words, id.slice(0, 2)));
  const isStarted = isWanted(words, 'W5');
  if (chosen.length > 0 || isStarted) await play(run, 'out', chosen, isStarted);
  if (isWanted(words, 'W1')) await play(run, 'in', [withHashing], false);

  const figures = figuresOf(run.measurements, run.starts);
  const tables = tablesOf(figures);
  console.log(tables.map(asText).join('\n'));
  if (words.quick || words.only !== null) return console.log('\nNothing was written: this was no full run.');
  write(run, figures, tables);
  console.log('\nWritten to docs/performance.md and docs/images/bench.svg.');
}

try {
  await main(readWords(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
