import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';

/** Where a private server keeps everything. */
export interface ServerFolder {
  readonly path: string;
  /** Data of its own and a user `root` without a password. About 2 s. */
  install(): void;
  readonly env: NodeJS.ProcessEnv;
  /** Of every private server, whatever else it is told. */
  arguments(port: number): string[];
}

/**
 * A temporary folder for one server. The caller deletes it.
 *
 * @param user under whom it runs
 */
export function serverFolder(user = userInfo().username): ServerFolder {
  if (spawnSync('mariadbd', ['--version']).error) {
    throw new Error(
      'The tests need MariaDB. Install mariadb-server (Debian, Ubuntu: apt-get install mariadb-server).',
    );
  }
  const path = mkdtempSync(join(tmpdir(), 'twofold-mariadb-'));
  // A server that starts deletes what it takes for leftovers of a crash in its temporary folder: in a shared one, the
  // temporary tables of the servers that run beside it ("Error on delete of '/tmp/#sql-temptable-…'").
  const env = { ...process.env, TMPDIR: join(path, 'tmp') };
  mkdirSync(env.TMPDIR);
  return {
    path,
    env,
    install() {
      execFileSync(
        'mariadb-install-db',
        [
          '--no-defaults',
          `--user=${user}`,
          `--datadir=${path}/data`,
          '--auth-root-authentication-method=normal',
          '--skip-test-db',
          '--skip-name-resolve',
        ],
        { stdio: 'pipe', env },
      );
    },
    arguments: (port) => [
      '--no-defaults',
      `--user=${user}`,
      `--datadir=${path}/data`,
      `--socket=${path}/socket`,
      `--pid-file=${path}/pid`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--skip-name-resolve',
      '--skip-log-bin',
      // Not utf8mb4: the schema must not depend on what a server's default happens to be.
      '--character-set-server=latin1',
      '--innodb-buffer-pool-size=64M',
      // What is committed outlives a kill; it does not have to outlive a loss of power.
      '--innodb-flush-log-at-trx-commit=2',
    ],
  };
}

/** Resolves once the server answers, and `isReady` with it.
 *  @throws where the process ends, or after `seconds` */
export async function answering(
  port: number,
  child: ChildProcess,
  isReady: (connection: mysql.Connection) => Promise<boolean> = () => Promise.resolve(true),
  seconds = 30,
): Promise<void> {
  const latest = performance.now() + seconds * 1_000;
  while (performance.now() < latest) {
    if (child.exitCode !== null) throw new Error(`mariadbd ended with ${child.exitCode}.`);
    const connection = await mysql
      .createConnection({ host: '127.0.0.1', port, user: 'root' })
      .catch(() => null);
    const ready = connection && (await isReady(connection).catch(() => false));
    connection?.destroy();
    if (ready) return;
    await sleep(100);
  }
  throw new Error(`mariadbd did not answer within ${seconds} s.`);
}
