import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { freePort } from '../harness/free-port.js';
import { answering, serverFolder } from './mariadb-folder.js';

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
  const folder = serverFolder();
  folder.install();
  const port = await freePort();
  let child: ChildProcess | null = null;
  const killed = () => child?.kill('SIGKILL');

  async function start(): Promise<void> {
    child = spawn('mariadbd', [...folder.arguments(port), ...more], { stdio: 'ignore', env: folder.env });
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
      rmSync(folder.path, { recursive: true, force: true });
    },
  };
}
