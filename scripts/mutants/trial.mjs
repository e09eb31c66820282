import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { verdictOf } from './verdict.mjs';

/** Longer than any test file takes, and than a test that hangs takes to be given up. */
const PATIENCE = 5 * 60_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** For an end before the end. */
export function stopTrials() {
  for (const child of running) child.kill('SIGKILL');
}

/**
 * Runs one test file in a copy, up to its first failure.
 *
 * @param {string} copy
 * @param {string} test the path of the file in the repository
 * @param {NodeJS.ProcessEnv} env
 */
export async function tryOut(copy, test, env) {
  const first = await tryOnce(copy, test, env);
  // Vitest gives up on a worker that a busy machine is slow to start: once more, since that says nothing about the test.
  return first.kind === 'none' ? tryOnce(copy, test, env) : first;
}

/**
 * @param {string} copy
 * @param {string} test
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./verdict.mjs').Verdict>}
 */
async function tryOnce(copy, test, env) {
  const folder = join(copy, ...test.split('/').slice(0, 2));
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const complaint = await vitest(folder, relative(folder, join(copy, test)), report, { ...env, CI: 'true' });
  const verdict = verdictOf(read(report));
  return verdict.kind === 'none' ? { ...verdict, why: `${verdict.why} ${complaint}`.trim() } : verdict;
}

/**
 * @param {string} folder
 * @param {string} test
 * @param {string} report
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the end of what it complained of
 */
function vitest(folder, test, report, env) {
  const words = [
    ...['../../node_modules/vitest/vitest.mjs', 'run', '--root=.', test],
    ...['--bail=1', '--maxWorkers=1', '--reporter=json', `--outputFile.json=${report}`],
  ];
  return new Promise((resolve, reject) => {
    /** @type {['ignore', 'ignore', 'pipe']} */
    const stdio = ['ignore', 'ignore', 'pipe'];
    const child = spawn(process.execPath, words, { cwd: folder, env, stdio, timeout: PATIENCE });
    let complaint = '';
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => (complaint = (complaint + chunk).slice(-500)));
    running.add(child);
    child.on('error', reject);
    child.on('close', () => {
      running.delete(child);
      resolve(complaint.trim());
    });
  });
}

/** @param {string} path @returns {any} null where the run broke off before it wrote one */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
