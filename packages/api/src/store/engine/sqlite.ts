import type { DataSource } from 'typeorm';
import type { Engine, EngineOptions } from './engine.js';
import type { Sql } from './sql.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { sqliteConnection, translate, whenFree } from './sqlite-connection.js';

/**
 * SQLite: one connection that writes, one that reads.
 *
 * TypeORM gives all query runners of a SQLite DataSource the same connection, so two transactions at once would be one
 * (BetterSqlite3Driver.createQueryRunner). Here writes wait in a queue of this process, and while one is under way reads go to
 * a second, read-only connection, which in WAL mode never waits for the writer and sees what is committed (sqlite.org/wal.html).
 * `synchronous = NORMAL`: after a loss of power the newest transactions may be missing, but none is torn; after a crash
 * of the process all are there (sqlite.org/pragma.html#pragma_synchronous). FULL would cost an fsync each. Who needs more
 * takes MariaDB.
 */
export function sqliteEngine(path: string, options: EngineOptions): Engine {
  const writer = sqliteConnection(path, options, false);
  const reader = sqliteConnection(path, options, true);
  let queue: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function connect(): Promise<void> {
    // The writer first: it makes the file, and a read-only connection cannot.
    await writer.open();
    await reader.open();
  }

  /** Each write makes the reader forget its pages. The writer knows what it has written, and between transactions it sees the
   *  same as the reader: what is committed. */
  const idle = () => (writer.isOpen() && !writer.handle().inTransaction ? writer : reader);

  const writing: Sql = { dialect: 'sqlite', all: writer.all, first: writer.first, run: writer.run };

  return {
    dialect: 'sqlite',
    connect,
    all(sql, values) {
      const from = idle();
      return from.isOpen() ? from.all(sql, values) : connect().then(() => reader.all(sql, values));
    },
    first(sql, values) {
      const from = idle();
      return from.isOpen() ? from.first(sql, values) : connect().then(() => reader.first(sql, values));
    },
    run: (sql, values) =>
      inTurn(async () => {
        await writer.open();
        return whenFree(() => writer.run(sql, values));
      }),
    attempt: (work) =>
      inTurn(async () => {
        await writer.open();
        // IMMEDIATE: a transaction that begins by reading and writes later would fail at once with SQLITE_BUSY when
        // another process has written between, without waiting (sqlite.org/lang_transaction.html).
        await whenFree(() => writer.run('BEGIN IMMEDIATE'));
        try {
          const result = await work(writing);
          await writer.run('COMMIT');
          return result;
        } catch (error) {
          await writer.rollback();
          throw error;
        }
      }),
    mayRunAgain: () => false,
    migrate: () => inTurn(() => alone(writer, (source) => source.runMigrations({ transaction: 'none' }))),
    undoNewestMigration: () =>
      inTurn(() => alone(writer, (source) => source.undoLastMigration({ transaction: 'none' }))),
    async dataSource() {
      await connect();
      return writer.dataSource();
    },
    async close() {
      await queue;
      await reader.close();
      await writer.close();
    },
  };
}

/** Two processes that start at once migrate one after the other; a migration that fails leaves nothing. */
async function alone(
  writer: SqliteConnection,
  work: (source: DataSource) => Promise<unknown>,
): Promise<void> {
  await writer.open();
  const handle = writer.handle();
  // Off while tables are rebuilt, or dropping the old one would delete its children. It cannot be changed within a transaction.
  handle.pragma('foreign_keys = OFF');
  try {
    await whenFree(() => writer.run('BEGIN IMMEDIATE'));
    try {
      await work(writer.dataSource());
      const broken = handle.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0) throw new Error(`The migration broke ${broken.length} foreign keys.`);
      await writer.run('COMMIT');
    } catch (error) {
      await writer.rollback();
      throw translate(error, 'migrate');
    }
  } finally {
    handle.pragma('foreign_keys = ON');
  }
}
