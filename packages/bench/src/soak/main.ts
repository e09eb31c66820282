import { mkdirSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../contestants/places.js';
import { twofoldDialect, graphqlEncoding } from '../contestants/twofold/dialect.js';
import { knownTexts } from '../contestants/twofold/documents.js';
import { commit, machine } from '../report/machine.js';
import type { Table } from '../report/tables.js';
import { asMarkdown, asText } from '../report/tables.js';
import { scratchFolder } from '../scratch-folder.js';
import { fillDatabase } from './crowd.js';
import { openLanes } from './lanes.js';
import type { Overload } from './overload.js';
import { overload } from './overload.js';
import type { ProbedProduct } from './product.js';
import { startProbed } from './product.js';
import { soakChart } from './soak-chart.js';
import type { Times } from './steady.js';
import { crowdFor, hashLimit, steadyLoad } from './steady.js';
import type { Check, Sample } from './verdict.js';
import { isFlat, isQuick } from './verdict.js';
import type { SoakWords } from './words.js';
import { readSoakWords, WHOLE } from './words.js';

const SIGN_INS_A_SECOND = 15;
/** Of what can be hashed: the rest is for peaks. */
const SHARE_OF_HASHES = 0.8;
const SAMPLES_A_RUN = 120;
const OVERLOAD_SECONDS = 10;

interface Soaked {
  readonly perSecond: number;
  readonly limit: number;
  readonly times: Times;
  readonly samples: readonly Sample[];
  readonly tooMany: Overload;
  readonly calm: Sample;
}

const progress = (line: string) => process.stderr.write(`${line}\n`);

async function soak({ minutes, database }: SoakWords): Promise<Soaked> {
  const folder = scratchFolder();
  const environment = {
    DATABASE_URL: database === 'sqlite' ? `sqlite:${join(folder, 'soak.sqlite')}` : mariadbUrl(),
    ENCRYPTION_KEYS: `soak-1:${randomBytes(32).toString('base64')}`,
    DEMO_SEED: 'off',
    NODE_ENV: 'production',
    // Those who come all at once come from many addresses (overload.ts).
    TRUSTED_PROXIES: 'loopback',
  };
  const limit = await hashLimit(Math.max(1, availableParallelism() - 1));
  const perSecond = Math.min(SIGN_INS_A_SECOND, limit * SHARE_OF_HASHES);
  const users = crowdFor(perSecond);
  progress(
    `${limit.toFixed(1)} hashes a second; ${perSecond.toFixed(1)} sign-ins a second by ${String(users)} people`,
  );
  await fillDatabase(environment, users);
  const product = await startProbed(environment);
  const lanes = openLanes(product.port);
  const dialect = twofoldDialect(graphqlEncoding(knownTexts), users, false);

  const samples: Sample[] = [];
  const seconds = minutes * 60;
  const sampling = sample(product, samples, (seconds * 1_000) / SAMPLES_A_RUN);
  const times = await steadyLoad(dialect, lanes, { perSecond, seconds }).finally(sampling.stop);
  await sampling.stopped;
  progress('Ten times as many as can be hashed');
  // Those whom the queue holds, and a few more: others wait in the proxy for a connection.
  const crowded = openLanes(product.port, 700);
  const tooMany = await overload(
    dialect,
    { crowded, lanes },
    { perSecond: 10 * limit, seconds: OVERLOAD_SECONDS, users },
  );
  const calm = { at: seconds, ...(await product.held()) };
  lanes.close();
  crowded.close();
  const code = await product.stop();
  if (code !== 0) throw new Error(`It was asked to stop, and ended with ${String(code)}.`);
  return { perSecond, limit, times, samples, tooMany, calm };
}

function mariadbUrl(): string {
  const url = process.env['SOAK_MARIADB_URL'];
  if (url === undefined) throw new Error('SOAK_MARIADB_URL names no MariaDB.');
  return url;
}

/** Looks now and then what the process holds, until it is stopped. */
function sample(product: ProbedProduct, samples: Sample[], every: number) {
  const begin = performance.now();
  const over = new AbortController();
  const pause = () => sleep(every, undefined, { signal: over.signal }).catch(() => undefined);
  async function look(): Promise<void> {
    for (; !over.signal.aborted; await pause()) {
      const at = (performance.now() - begin) / 1_000;
      samples.push({ at, ...(await product.held()) });
    }
  }
  return { stop: () => over.abort(), stopped: look() };
}

function checksOf({ times, samples, tooMany, calm }: Soaked): Check[] {
  const before = samples.at(-1);
  const grown = calm.rss - (before?.rss ?? 0);
  return [
    isQuick('whole sign-ins', times.signIns, 1_500),
    isQuick('“who am I”', times.reads, 1_500),
    isQuick('pages of 50 users', times.pages, 1_500),
    ...(['rss', 'heap', 'files', 'sockets'] as const).map((what) => isFlat(samples, what)),
    isQuick('reads under ten times the load', tooMany.reads, 500),
    isQuick('refusals under it', tooMany.refusals, 500),
    {
      what: 'resident memory after it',
      mark: 'grows by 64 MiB at most',
      measured: `grows by ${(grown / 2 ** 20).toFixed(1)} MiB`,
      met: grown <= 64 * 2 ** 20,
    },
  ];
}

function tableOf(checks: readonly Check[]): Table {
  const rows = checks.map(({ what, mark, measured, met }) => [
    what,
    mark,
    measured,
    met ? 'met' : '**not met**',
  ]);
  return { title: 'What was measured', head: ['', 'mark', 'measured', ''], rows };
}

function pageOf({ minutes, database }: SoakWords, soaked: Soaked, table: Table): string {
  const { perSecond, limit, tooMany } = soaked;
  const name = database === 'sqlite' ? 'SQLite' : 'MariaDB';
  return [
    `# ${String(minutes)} minutes on ${name}`,
    `What \`pnpm soak --minutes ${String(minutes)} --database ${database}\` measured. It writes this page, and only after ${String(WHOLE)} minutes or more in which every answer was right and each mark was met.`,
    [
      `- ${new Date().toISOString().slice(0, 10)}, commit ${commit()}, Node ${process.version}`,
      `- ${machine()}; server, database and load share it; its load in the last quarter of an hour: ${loadavg()[2]!.toFixed(1)}`,
      `- ${limit.toFixed(1)} passwords a second can be hashed, ${perSecond.toFixed(1)} whole sign-ins a second were asked for`,
      `- then ${String(OVERLOAD_SECONDS)} s of ten times what can be hashed: ${String(tooMany.served)} served, ${String(tooMany.refused)} refused with \`Retry-After\``,
    ].join('\n'),
    `![Memory and open handles](images/soak-${database}.svg)`,
    asMarkdown(table),
    '',
  ].join('\n\n');
}

async function main(words: SoakWords): Promise<boolean> {
  const soaked = await soak(words);
  const checks = checksOf(soaked);
  const table = tableOf(checks);
  console.log(asText(table));
  const isMet = checks.every(({ met }) => met);
  if (!isMet || words.minutes < WHOLE) {
    console.log(`\nNothing was written: ${isMet ? 'this was no whole run' : 'a mark was not met'}.`);
    return isMet;
  }
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  writeFileSync(join(root, `docs/soak-${words.database}.md`), pageOf(words, soaked, table));
  writeFileSync(join(root, `docs/images/soak-${words.database}.svg`), soakChart(soaked.samples));
  return true;
}

try {
  process.exitCode = (await main(readSoakWords(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  // What was started goes with it.
  process.exit(1);
}
