import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { attach, step, StepFailed } from './children.mjs';
import { cache, npm, root } from './places.mjs';

/** The lines of Node that Twofold is held to; the oldest is that of `engines` in package.json. */
const lines = ['20', '22', '24'];

/** @typedef {{ version: string, passed: number | null, failed: number | null, minutes: number }} Outcome */

/**
 * Runs the tests on each line of Node, in a copy of what is committed with packages of its own: a native module is built
 * for one Node. `pnpm matrix --node 22,24 core factors` runs some.
 *
 * @param {string[]} words
 * @returns {Promise<number>} the exit code: 0 where something ran on each, and nothing failed
 */
export async function matrix(words) {
  const { wanted, suites } = readWords(words);
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const line of wanted) outcomes.push(await testOn(line, suites));
  console.log(`\n${table(outcomes)}`);
  return outcomes.every(({ passed, failed }) => passed !== null && passed > 0 && failed === 0) ? 0 : 1;
}

/**
 * @param {string[]} words
 * @throws {StepFailed} that says how to call it
 */
export function readWords(words) {
  const [first, list = '', ...rest] = words;
  const isChosen = first === '--node';
  const wanted = isChosen ? list.split(',') : lines;
  const suites = isChosen ? rest : words;
  if (wanted.some((line) => !lines.includes(line)) || suites.some((name) => name.startsWith('-')))
    throw new StepFailed(`Usage: pnpm matrix [--node ${lines.join(',')}] [SUITE…]`);
  return { wanted, suites };
}

/**
 * @param {string} line
 * @param {string[]} suites
 * @returns {Promise<Outcome>}
 */
async function testOn(line, suites) {
  const home = await installNode(line);
  const node = join(home, 'bin/node');
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const copy = copyOfHead();
  const begin = performance.now();
  console.log(`\nNode ${version}`);
  try {
    await attach(node, ['scripts/run.mjs', 'test', ...suites], {
      cwd: copy,
      env: { ...process.env, PATH: [join(home, 'bin'), process.env['PATH']].join(delimiter) },
    });
    return { version, ...countIn(copy), minutes: (performance.now() - begin) / 60_000 };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/**
 * The package beside npm's `node` that holds the program, and the headers that native modules are built with.
 *
 * @param {string} line
 * @returns {Promise<string>} its folder, with `bin` and `include`
 */
async function installNode(line) {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(cache, 'node', line);
  const home = join(folder, 'node_modules', name);
  if (existsSync(join(home, 'bin/node'))) return home;
  mkdirSync(folder, { recursive: true });
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  await step(`Fetching Node ${line}`, [
    ...npm(),
    'install',
    `--prefix=${folder}`,
    ...quiet,
    `${name}@${line}`,
  ]);
  return home;
}

/** What is not committed is not in it, and whatever lies about here, built or installed, neither. */
function copyOfHead() {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-matrix-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const archive = execFileSync('git', ['archive', '--format=tar', 'HEAD'], { cwd: root, maxBuffer: 2 ** 30 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  return folder;
}

/**
 * @param {string} copy
 * @returns {{ passed: number | null, failed: number | null }} null where the run broke off before it counted
 */
function countIn(copy) {
  const path = join(copy, '.cache/count');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(text) ?? [];
  return { passed: numberOr(passed), failed: numberOr(failed) };
}

/** @param {string | undefined} digits */
function numberOr(digits) {
  return digits === undefined ? null : Number(digits);
}

/** @param {readonly Outcome[]} outcomes */
export function table(outcomes) {
  const rows = outcomes.map(({ version, passed, failed, minutes }) => [
    version,
    passed ?? 'broke off',
    failed ?? 'broke off',
    minutes.toFixed(1),
  ]);
  const lead = [
    ['Node', 'passed', 'failed', 'minutes'],
    ['---', '---', '---', '---'],
  ];
  return [...lead, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
