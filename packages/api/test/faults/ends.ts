import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/store/data-source.js';
import { DatabaseUnavailable } from '../../src/store/engine/database-unavailable.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { openMariaDb, openSqlite } from '../databases/open-test-database.js';
import type { Dump } from '../threats/tables.js';
import { dumpTables } from '../threats/tables.js';
import type { Strike } from './mortal-database.js';

/** One way in which a request is cut short. */
export interface End {
  readonly strike: Strike;
  /** Whether this is how a strike is thrown at the caller, and not a mistake of something else. */
  causes(error: unknown): boolean;
  /** Every table as whoever comes after the last strike finds it. */
  found(): Promise<Dump>;
  close(): Promise<void>;
}

/** No rule knows it, so that none can take it for a refusal. */
class Death extends Error {
  override readonly name = 'Death';
}

const isDeath = (error: unknown) => error instanceof Death;

function exception({ database }: TestDatabase): Promise<End> {
  return Promise.resolve({
    strike: () => Promise.reject(new Death()),
    causes: isDeath,
    found: () => dumpTables(database.sql),
    close: () => Promise.resolve(),
  });
}

/**
 * What `kill -9` leaves behind are the files as they stand, without the index of the log, which the next process makes
 * anew (sqlite.org/walformat.html, 2.2): they are copied at that moment and opened as after a restart.
 */
function killedProcess({ url }: TestDatabase): Promise<End> {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-killed-'));
  const path = url.slice('sqlite:'.length);
  const copy = join(folder, 'copy.sqlite');
  return Promise.resolve({
    strike() {
      for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true });
      for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
      return Promise.reject(new Death());
    },
    causes: isDeath,
    async found() {
      const restarted = await openDatabase(`sqlite:${copy}`);
      try {
        return await dumpTables(restarted.sql);
      } finally {
        await restarted.close();
      }
    },
    close() {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  });
}

/** The server ends the connection of the transaction; the driver finds out at the next statement, or at COMMIT. */
async function destroyedConnection({ url, database }: TestDatabase): Promise<End> {
  const administrator = await openDatabase(url);
  return {
    async strike(struck) {
      if (!struck.isInsideTransaction()) throw new Death();
      const [row] = await struck.sql.all<{ id: number }>('SELECT CONNECTION_ID() AS id');
      if (!row) throw new Error('The connection has no id.');
      await administrator.sql.run(`KILL ${row.id}`);
    },
    // The caller is told to try again later: nothing says that it was a bug.
    causes: (error) => isDeath(error) || error instanceof DatabaseUnavailable,
    found: () => dumpTables(database.sql),
    close: () => administrator.close(),
  };
}

export const ends: readonly {
  readonly name: string;
  readonly open: () => Promise<TestDatabase>;
  readonly endOn: (database: TestDatabase) => Promise<End>;
}[] = [
  { name: 'an exception on SQLite', open: openSqlite, endOn: exception },
  { name: 'an exception on MariaDB', open: openMariaDb, endOn: exception },
  { name: 'a killed process on SQLite', open: openSqlite, endOn: killedProcess },
  { name: 'a destroyed connection on MariaDB', open: openMariaDb, endOn: destroyedConnection },
];
