import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { DatabaseUnavailable, StatementFailed } from './database-unavailable.js';
import type { Engine, EngineOptions } from './engine.js';
import type { Row, Sql, Value } from './sql.js';
import { bindable } from './sql.js';

/** The part of a better-sqlite3 connection that is used here. */
interface Handle {
  readonly inTransaction: boolean;
  prepare(sql: string): Statement;
  pragma(text: string): unknown;
}

interface Statement {
  all(...values: unknown[]): Row[];
  run(...values: unknown[]): { changes: number };
}

/** How long a statement waits for another process that writes. */
const BUSY_FOR = 5_000;

/**
 * SQLite: one connection that writes, one that reads.
 *
 * TypeORM gives all query runners of a SQLite DataSource the same connection, so two transactions at once would be one
 * (BetterSqlite3Driver.createQueryRunner). Here writes wait in a queue of this process, and reads go to a second,
 * read-only connection, which in WAL mode never waits for the writer and sees what is committed (sqlite.org/wal.html).
 * `synchronous = NORMAL`: after a loss of power the newest transactions may be missing, but none is torn; after a crash of the process all
 * are there (sqlite.org/pragma.html#pragma_synchronous). FULL would cost one fsync a sign-in. Who needs more takes MariaDB.
 */
export function sqliteEngine(path: string, options: EngineOptions): Engine {
  const writer = connection(path, options, false);
  const reader = connection(path, options, true);
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

  const writing: Sql = { dialect: 'sqlite', all: writer.all, run: writer.run };

  return {
    dialect: 'sqlite',
    connect,
    async all(sql, values) {
      await connect();
      return reader.all(sql, values);
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
    migrate: () => inTurn(() => migrate(writer)),
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

/** Waits for other processes without blocking this one: SQLite's own wait stops the event loop. */
async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  for (let waited = 0, wait = 5; ; waited += wait, wait = Math.min(wait * 2, 100)) {
    try {
      return await work();
    } catch (error) {
      const busy = error instanceof DatabaseUnavailable && error.code.startsWith('SQLITE_BUSY');
      if (!busy || waited >= BUSY_FOR) throw error;
      await sleep(wait);
    }
  }
}

type Connection = ReturnType<typeof connection>;

function connection(path: string, options: EngineOptions, readonly: boolean) {
  let source: DataSource | null = null;
  let opening: Promise<void> | null = null;
  let handle: Handle | null = null;
  let statements = new Map<string, Statement>();
  let existed = false;

  async function open(): Promise<void> {
    if (handle !== null) return;
    opening ??= openOnce().finally(() => (opening = null));
    await opening;
  }

  async function openOnce(): Promise<void> {
    try {
      // A file that vanished while it was in use is an outage. A new, empty one in its place would be a silent loss.
      const opened = new DataSource({
        type: 'better-sqlite3',
        database: path,
        readonly,
        fileMustExist: readonly || existed,
        timeout: 20,
        entities: options.entities,
        migrations: options.migrations,
        prepareDatabase: (database: Handle) => {
          if (readonly) return;
          database.pragma('journal_mode = WAL');
          database.pragma('synchronous = NORMAL');
        },
      });
      await whenFree(() =>
        opened.initialize().catch((error: unknown) => Promise.reject(translate(error, 'open'))),
      );
      source = opened;
      handle = (await opened.createQueryRunner().connect()) as Handle;
      statements = new Map();
      existed = true;
    } catch (error) {
      throw translate(error, 'open');
    }
  }

  /** A broken connection is opened anew by the next statement. */
  async function close(): Promise<void> {
    const closing = source;
    source = null;
    handle = null;
    statements.clear();
    if (closing?.isInitialized) await closing.destroy();
  }

  async function perform<T>(sql: string, work: (statement: Statement) => T): Promise<T> {
    if (handle === null) throw new DatabaseUnavailable('SQLITE_CLOSED');
    try {
      let statement = statements.get(sql);
      if (statement === undefined) {
        statement = handle.prepare(sql);
        // Statements are the program's own texts; what is built for a request (a list of keys) has few lengths.
        if (statements.size < 500) statements.set(sql, statement);
      }
      return work(statement);
    } catch (error) {
      const failure = translate(error, sql);
      if (failure instanceof DatabaseUnavailable && !isPassing(failure) && !handle.inTransaction)
        await close();
      throw failure;
    }
  }

  return {
    open,
    close,
    all: <T extends object>(sql: string, values: readonly Value[] = []) =>
      perform(sql, (statement) => statement.all(...bindable(values)) as T[]),
    run: (sql: string, values: readonly Value[] = []) =>
      perform(sql, (statement) => statement.run(...bindable(values)).changes),
    /** SQLite has rolled back by itself after some errors (a full disk, say). */
    async rollback(): Promise<void> {
      if (handle?.inTransaction) {
        await perform('ROLLBACK', (statement) => statement.run()).catch(close);
      }
    },
    handle(): Handle {
      if (handle === null) throw new DatabaseUnavailable('SQLITE_CLOSED');
      return handle;
    },
    dataSource(): DataSource {
      if (source === null) throw new DatabaseUnavailable('SQLITE_CLOSED');
      return source;
    },
  };
}

/** Two processes that start at once migrate one after the other; a migration that fails leaves nothing. */
async function migrate(writer: Connection): Promise<void> {
  await writer.open();
  const handle = writer.handle();
  // Off while tables are rebuilt, or dropping the old one would delete its children. It cannot be changed within a transaction.
  handle.pragma('foreign_keys = OFF');
  try {
    await whenFree(() => writer.run('BEGIN IMMEDIATE'));
    try {
      await writer.dataSource().runMigrations({ transaction: 'none' });
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

const OUTAGES = /^SQLITE_(BUSY|LOCKED|CANTOPEN|READONLY|IOERR|FULL|NOTADB|CORRUPT|PERM|AUTH|PROTOCOL|CLOSED)/;

/** The same connection serves again as soon as the cause is gone. */
function isPassing(failure: DatabaseUnavailable): boolean {
  return /^SQLITE_(BUSY|LOCKED|FULL)/.test(failure.code);
}

function translate(error: unknown, sql: string): unknown {
  if (error instanceof DatabaseUnavailable || error instanceof StatementFailed) return error;
  const cause = error as { code?: unknown; driverError?: { code?: unknown }; message?: string };
  const code = cause.driverError?.code ?? cause.code;
  if (typeof code !== 'string') {
    // better-sqlite3 has no code for a folder that is missing or not allowed.
    return /directory does not exist/.test(cause.message ?? '')
      ? new DatabaseUnavailable('SQLITE_CANTOPEN')
      : error;
  }
  if (OUTAGES.test(code)) return new DatabaseUnavailable(code);
  if (code.startsWith('SQLITE_')) return new StatementFailed(code, sql);
  return /^E[A-Z]+$/.test(code) ? new DatabaseUnavailable(code) : error;
}
