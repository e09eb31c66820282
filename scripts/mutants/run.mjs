// What `pnpm mutants` starts, by tsx: each guard of the product is taken away in a copy, and a test has to turn red.
// `pnpm mutants audit web` tries the rooms whose names hold one of these words, and writes their tables alone.
import { startMariaDb } from '../../packages/api/test/databases/mariadb.js';
import { searchPath } from '../system-packages.mjs';
import { compileFaults } from './compile.mjs';
import { makeCopy, removeCopy, withMutant } from './copy.mjs';
import { reportSection, writeGuards } from './page.mjs';
import { rooms } from './rooms.mjs';
import { stopTrials, tryOut } from './trial.mjs';

/**
 * @typedef {import('./patch.mjs').Mutant} Mutant
 * @typedef {{ mutant: Mutant, killer: import('./page.mjs').Killer | null, why: string }} Outcome
 */

/** As many as the smallest machine has cores. */
const WORKERS = 2;

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const wanted = rooms.filter(
  ({ room }) => words.length === 0 || words.some((word) => room.toLowerCase().includes(word)),
);
const mutants = wanted.flatMap((room) => room.mutants);
/** @type {string[]} */
const copies = [];
process.on('exit', () => {
  stopTrials();
  for (const copy of copies) removeCopy(copy);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/** @type {Map<string, Promise<import('./verdict.mjs').Verdict>>} Of each test file, without a patch. */
const whole = new Map();
const begin = performance.now();
process.env['PATH'] = searchPath;
const mariadb = await startMariaDb();
try {
  process.exitCode = await main({ ...process.env, TEST_MARIADB_URL: mariadb.url });
} finally {
  await mariadb.remove();
}

/** @param {NodeJS.ProcessEnv} env @returns {Promise<number>} the exit code */
async function main(env) {
  const faults = compileFaults(mutants);
  if (faults.length > 0) {
    console.error(faults.join('\n'));
    return 1;
  }
  let done = 0;
  const outcomes = await share(mutants, async (mutant, copy) => {
    const outcome = await attempt(mutant, copy, env);
    done += 1;
    console.log(`${String(done)}/${String(mutants.length)} ${lineOf(outcome)}`);
    return outcome;
  });
  const alive = outcomes.filter(({ killer }) => killer === null);
  for (const outcome of alive) console.error(lineOf(outcome));
  console.log(
    `${String(mutants.length - alive.length)} of ${String(mutants.length)} killed, in ${minutes()}.`,
  );
  if (alive.length > 0) return 1;
  report(outcomes);
  return 0;
}

/** @param {Mutant} mutant @param {string} copy @param {NodeJS.ProcessEnv} env @returns {Promise<Outcome>} */
async function attempt(mutant, copy, env) {
  const reasons = [];
  for (const test of mutant.tests) {
    await passesWhole(test, copy, env);
    const verdict = await withMutant(copy, mutant, () => tryOut(copy, test, env));
    if (verdict.kind === 'killed') return { mutant, killer: { test, title: verdict.title }, why: '' };
    reasons.push(`${test}: ${verdict.kind === 'survived' ? 'green' : verdict.why}`);
  }
  return { mutant, killer: null, why: reasons.join('; ') };
}

/**
 * Without a patch a test passes, or a red one would prove nothing. Each file is looked at once, when it is first needed.
 *
 * @param {string} test
 * @param {string} copy in which nothing is patched now
 * @param {NodeJS.ProcessEnv} env
 */
async function passesWhole(test, copy, env) {
  const known = whole.get(test) ?? tryOut(copy, test, env);
  whole.set(test, known);
  const verdict = await known;
  if (verdict.kind !== 'survived')
    throw new Error(`${test} fails without any patch: ${JSON.stringify(verdict)}`);
}

/**
 * Does the work on every item, with a copy for each worker.
 *
 * @template I, R
 * @param {readonly I[]} items
 * @param {(item: I, copy: string) => Promise<R>} work
 * @returns {Promise<R[]>} in the order of the items
 */
async function share(items, work) {
  /** @type {R[]} */
  const results = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: WORKERS }, async (_, worker) => {
      const copy = (copies[worker] ??= makeCopy());
      for (let at = next++; at < items.length; at = next++)
        results[at] = await work(/** @type {I} */ (items[at]), copy);
    }),
  );
  return results;
}

/** @param {readonly Outcome[]} outcomes */
function report(outcomes) {
  const killers = new Map(outcomes.flatMap(({ mutant, killer }) => (killer ? [[mutant, killer]] : [])));
  writeGuards(rooms, wanted, killers);
  if (wanted.length < rooms.length) return;
  const count = String(outcomes.length);
  reportSection(
    `## Guards taken away\n\n${count} guards of the product were taken away one at a time; for ${String(killers.size)} of ${count} a test turned red. It took ${minutes()}. The table is in [guards.md](guards.md).`,
  );
}

/** @param {Outcome} outcome */
function lineOf({ mutant, killer, why }) {
  return killer
    ? `killed  ${mutant.guard} – ${killer.test}: “${killer.title}”`
    : `ALIVE   ${mutant.guard} (${mutant.file}) – ${why}`;
}

function minutes() {
  const seconds = Math.round((performance.now() - begin) / 1_000);
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}
