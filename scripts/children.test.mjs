import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';

/** @type {import('node:child_process').ChildProcess[]} */
const started = [];
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
});

/**
 * @param {string} program that has children.mjs at hand
 * @param {NodeJS.ProcessEnv} more
 */
function start(program, more = {}) {
  const { npm_lifecycle_event: _, ...env } = process.env;
  const module = JSON.stringify(new URL('children.mjs', import.meta.url));
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { attach, capture, watchForTheEnd } = await import(${module}); ${program}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...env, ...more } },
  );
  started.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => child.on('close', (code) => resolve(code)));
  return { child, ended, line: async () => String((await lines.next()).value) };
}

const server = `
  process.on('SIGTERM', () => { console.log('closing'); setTimeout(() => process.exit(7), 50); });
  setInterval(() => {}, 1000);
  console.log(process.pid);`;
const serve = `watchForTheEnd(); process.exitCode = await attach(process.execPath, ['--eval', ${JSON.stringify(server)}]);`;

/** @param {number} id */
function isAlive(id) {
  try {
    process.kill(id, 0);
    // In a container whose first process is no init, what has ended stays in the table as a zombie.
    return !existsSync('/proc/self') || !readFileSync(`/proc/${id}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

test('a SIGTERM reaches the server, which closes in its own time, and its exit code is ours', async () => {
  const { child, ended, line } = start(serve);
  await line();
  child.kill('SIGTERM');
  expect(await line()).toBe('closing');
  expect(await ended).toBe(7);
});

test('a server that is killed gives the exit code that shells give', async () => {
  const { ended, line } = start(serve);
  process.kill(Number(await line()), 'SIGKILL');
  expect(await ended).toBe(128 + 9);
});

test('the server ends when npm is killed and cannot pass a signal on', async () => {
  // The middle process stands for npm.
  const npm = `
    import { spawn } from 'node:child_process';
    const module = ${JSON.stringify(new URL('children.mjs', import.meta.url))};
    const program = 'const { attach, watchForTheEnd } = await import("' + module + '");' + ${JSON.stringify(serve)};
    spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' });
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', npm], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'start' },
  });
  started.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const id = Number((await lines.next()).value);
  child.kill('SIGKILL');
  expect((await lines.next()).value).toBe('closing');
  await expect.poll(() => isAlive(id)).toBe(false);
});

test('what an attached program leaves behind when it is stopped ends with it', async () => {
  const runner = `
    const { spawn } = require('node:child_process');
    process.on('SIGTERM', () => process.exit(3));
    console.log(spawn('sleep', ['60'], { stdio: 'ignore' }).pid);
    setInterval(() => {}, 1000);`;
  const { child, ended, line } = start(
    `watchForTheEnd(); await attach(process.execPath, ['--eval', ${JSON.stringify(runner)}]);`,
  );
  const worker = Number(await line());
  expect(isAlive(worker)).toBe(true);
  child.kill('SIGTERM');
  expect(await ended).toBe(3);
  await expect.poll(() => isAlive(worker)).toBe(false);
});

test('a step that is broken off leaves nothing running that it started', async () => {
  const step = `watchForTheEnd(); await capture('Step', ['sh', '-c', 'sleep 60 & echo $! > "$IDS"; sleep 61']);`;
  const folder = mkdtempSync(join(tmpdir(), 'twofold-step-'));
  const { child, ended } = start(step, { IDS: join(folder, 'ids') });
  const read = () => {
    try {
      return Number(readFileSync(join(folder, 'ids'), 'utf8'));
    } catch {
      return 0;
    }
  };
  await expect.poll(read).toBeGreaterThan(0);
  const id = read();
  expect(isAlive(id)).toBe(true);
  child.kill('SIGTERM');
  expect(await ended).toBe(128 + 15);
  await expect.poll(() => isAlive(id)).toBe(false);
  rmSync(folder, { recursive: true });
});
