import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.js';
import type { Contestant, Session } from '../contestants/contestant.js';
import type { Program } from '../contestants/server-process.js';
import { spawnProgram } from '../contestants/server-process.js';
import type { Connection } from '../load/connection.js';
import { openConnection } from '../load/connection.js';
import type { Person } from '../people.js';
import { codeOf, stepAt } from '../totp.js';

export interface ColdStart {
  /** From the start of the process to the first right answer, in ms. */
  readonly ms: number;
  /** Resident memory then, in MiB. */
  readonly rss: number;
  /** Resident memory after 1,000 more requests, in MiB. */
  readonly rssAfter: number;
}

const REQUESTS = 1_000;
const LONGEST_START = 60_000;
const FIRST_LASTS = 7_000;

/** A first start that lasts: files come into memory, and what a program keeps for its next start, it keeps. Not measured. */
export async function startOnce(program: Program): Promise<void> {
  await whileItRuns(program, () => sleep(FIRST_LASTS));
}

/** Starts the program on the contestant's database beside the paused server, and asks it who a session belongs to. */
export async function coldStart(
  contestant: Contestant,
  program: Program,
  person: Person,
  now: () => number,
): Promise<ColdStart> {
  const session = await sessionOf(contestant, person, now);
  const ask = (connection: Connection) => contestant.dialect.whoAmI(connection, person, session);
  const begin = performance.now();
  return whileItRuns(program, async (connection, pid) => {
    await ask(connection);
    const ms = performance.now() - begin;
    const rss = residentMemory(pid);
    for (let count = 0; count < REQUESTS; count++) await ask(connection);
    return { ms, rss, rssAfter: residentMemory(pid) };
  });
}

async function whileItRuns<T>(
  program: Program,
  work: (connection: Connection, pid: number) => Promise<T>,
): Promise<T> {
  const port = await freePort();
  const environment = { ...program.environment, PORT: String(port), BENCH_PORT: String(port) };
  const child = spawnProgram({ ...program, environment }, ['ignore', 'ignore', 'ignore']);
  const ended = once(child, 'exit');
  try {
    const connection = await connectionTo(port, () => child.exitCode);
    const result = await work(connection, child.pid!);
    connection.close();
    return result;
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

async function sessionOf(
  { server, dialect, hasClock, codeKey }: Contestant,
  person: Person,
  now: () => number,
): Promise<Session> {
  server.resume();
  try {
    if (hasClock) await server.moveClock(now());
    const connection = await openConnection(server.port);
    const challenge = await dialect.firstStep(connection, person);
    const code = codeOf(codeKey(person.secret), stepAt(now()));
    const session = await dialect.secondStep(connection, person, challenge, code);
    connection.close();
    return session;
  } finally {
    server.pause();
  }
}

async function connectionTo(port: number, exitCode: () => number | null): Promise<Connection> {
  const since = performance.now();
  for (;;) {
    try {
      return await openConnection(port);
    } catch (error) {
      if (exitCode() !== null || performance.now() - since > LONGEST_START) throw error;
      await sleep(2);
    }
  }
}

/** In MiB. */
function residentMemory(pid: number): number {
  if (process.platform !== 'linux')
    return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) / 1_024;
  const [, kilobytes] =
    /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}
