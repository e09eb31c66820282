import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv }} Surroundings */

/** A step ended badly, and the user has been told how. */
export class StepFailed extends Error {}

/** @type {Set<ChildProcess>} */
const attached = new Set();
/** @type {Set<ChildProcess>} */
const captured = new Set();
/** @type {number[]} */
let left = [];
let isEnding = false;

/**
 * Runs a program with this process's terminal until it ends.
 *
 * @param {string} command
 * @param {string[]} words
 * @param {Surroundings} surroundings
 * @returns {Promise<number>} its exit code; 128 and the signal's number where a signal ended it, as shells have it
 */
export function attach(command, words, surroundings = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { ...surroundings, stdio: 'inherit' });
    attached.add(child);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      attached.delete(child);
      const status = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      if (isEnding) {
        // A test runner that is broken off forgets its workers and what they started.
        for (const id of left) kill(id, 'SIGKILL');
        // What would come next is not wanted any more.
        process.exit(status);
      }
      resolve(status);
    });
  });
}

/**
 * Runs one step of the preparation in silence but for a line with its title and time. The whole output is shown where it
 * fails.
 *
 * @param {string} title
 * @param {readonly string[]} call
 * @param {Surroundings} surroundings
 * @throws {StepFailed}
 */
export async function step(title, call, surroundings = {}) {
  const { code, output, seconds } = await capture(title, call, surroundings);
  if (code === 0) return console.log(`${seconds} s`);
  console.log('failed');
  process.stderr.write(output);
  throw new StepFailed(`${title}: failed after ${seconds} s. Its output stands above.`);
}

/**
 * @param {string} title
 * @param {readonly string[]} call
 * @param {Surroundings} surroundings
 * @returns {Promise<{ code: number, output: string, seconds: number }>}
 */
export function capture(title, call, surroundings = {}) {
  const [command = '', ...words] = call;
  const begin = performance.now();
  process.stdout.write(`${title}… `);
  return new Promise((resolve) => {
    const child = spawn(command, words, { ...surroundings, stdio: ['ignore', 'pipe', 'pipe'] });
    captured.add(child);
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    /** @param {number} code */
    const end = (code) => {
      captured.delete(child);
      resolve({ code, output, seconds: Math.round((performance.now() - begin) / 1000) });
    };
    child.on('error', (error) => {
      output += `${error.message}\n`;
      end(127);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

/**
 * Passes the end on. The attached program gets the signal and may close in its own time; a step of the preparation is
 * stopped with everything that it started.
 */
export function watchForTheEnd() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => end(signal));
  }
  // npm passes SIGINT and SIGTERM on (package.json says `exec`, or they would end at the shell between), but not SIGKILL.
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && !isEnding) end('SIGTERM');
  }, 500).unref();
}

/** @param {'SIGINT' | 'SIGTERM' | 'SIGHUP'} signal */
function end(signal) {
  isEnding = true;
  left = [...attached].flatMap((child) => descendants(child.pid ?? 0));
  for (const child of attached) child.kill(signal);
  if (attached.size > 0) return;
  for (const child of captured) for (const id of descendants(child.pid ?? 0)) kill(id, 'SIGKILL');
  process.exit(128 + constants.signals[signal]);
}

/** @param {number} id @param {NodeJS.Signals} signal */
function kill(id, signal) {
  try {
    process.kill(id, signal);
  } catch {
    // It has ended by itself.
  }
}

/**
 * A process and all that it started. A process group of its own would be simpler, but whoever ends ours, as a test
 * harness does, would then leave it behind.
 *
 * @param {number} id
 * @returns {number[]}
 */
function descendants(id) {
  const pairs = parents();
  const found = [id];
  for (const one of found) for (const [child, parent] of pairs) if (parent === one) found.push(child);
  return found;
}

/** @returns {[child: number, parent: number][]} */
function parents() {
  if (process.platform !== 'linux') {
    const lines = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout.trim().split('\n');
    return lines.map((line) => /** @type {[number, number]} */ (line.trim().split(/\s+/).map(Number)));
  }
  // Slim container images have no ps.
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // proc(5): the name in brackets may hold anything; behind the last bracket come the state and the parent.
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2])]];
      } catch {
        return [];
      }
    });
}
