import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import type { TestProject } from 'vitest/node';
import { freePort } from '../harness/free-port.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The private server of this run, without a database name: `mariadb://root@127.0.0.1:PORT`. */
    mariadbUrl: string;
  }
}

export interface PrivateMariaDb {
  readonly port: number;
  readonly url: string;
  /** Kills it as a crash would, and starts it again on the same port and data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

/** For vitest's globalSetup: one server a run, or the one of whoever starts many runs (scripts/mutants). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = process.env['TEST_MARIADB_URL'];
  if (shared !== undefined) {
    project.provide('mariadbUrl', shared);
    return () => Promise.resolve();
  }
  const server = await startMariaDb();
  project.provide('mariadbUrl', server.url);
  return () => server.remove();
}

/** A server of its own, in a temporary folder, on a free port of 127.0.0.1. About 3 s. `more` are options of mariadbd. */
export async function startMariaDb(more: readonly string[] = []): Promise<PrivateMariaDb> {
  if (spawnSync('mariadbd', ['--version']).error) {
    throw new Error(
      'The tests need MariaDB. Install mariadb-server (Debian, Ubuntu: apt-get install mariadb-server).',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'twofold-mariadb-'));
  const user = userInfo().username;
  // A server that starts deletes what it takes for leftovers of a crash in its temporary folder: in a shared one, the
  // temporary tables of the servers that run beside it ("Error on delete of '/tmp/#sql-temptable-…'").
  const env = { ...process.env, TMPDIR: join(folder, 'tmp') };
  mkdirSync(env.TMPDIR);
  execFileSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--user=${user}`,
      `--datadir=${folder}/data`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
    ],
    { stdio: 'pipe', env },
  );
  const port = await freePort();
  let child: ChildProcess | null = null;
  const killed = () => child?.kill('SIGKILL');

  async function start(): Promise<void> {
    child = spawn('mariadbd', [...serverArguments(folder, user, port), ...more], { stdio: 'ignore', env });
    // A run that is broken off leaves no server behind.
    process.once('exit', killed);
    await answering(port, child);
  }

  async function kill(): Promise<void> {
    const dying = child;
    if (dying === null) return;
    child = null;
    process.removeListener('exit', killed);
    const gone = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    port,
    url: `mariadb://root@127.0.0.1:${port}`,
    kill,
    start,
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function serverArguments(folder: string, user: string, port: number): string[] {
  return [
    '--no-defaults',
    `--user=${user}`,
    `--datadir=${folder}/data`,
    `--socket=${folder}/socket`,
    `--pid-file=${folder}/pid`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    // Not utf8mb4: the schema must not depend on what a server's default happens to be.
    '--character-set-server=latin1',
    '--innodb-buffer-pool-size=64M',
    // What is committed outlives a kill; it does not have to outlive a loss of power.
    '--innodb-flush-log-at-trx-commit=2',
  ];
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`mariadbd ended with ${child.exitCode}.`);
    try {
      const connection = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root' });
      await connection.end();
      return;
    } catch {
      await sleep(100);
    }
  }
  throw new Error('mariadbd did not answer within 30 s.');
}
