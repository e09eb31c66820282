import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from '@twofold/sqlite';
import { DataSource } from 'typeorm';
import { DatabaseUnavailable, StatementFailed } from './database-unavailable.js';
import type { EngineOptions } from './engine.js';
import type { Value } from './sql.js';
import { bindable } from './sql.js';

/** How long a statement waits for another process that writes. */
const BUSY_FOR = 5_000;
/** How often to look whether the file is still the one that was opened. */
const LOOK_EVERY = 1_000;

/** Waits for other processes without blocking this one: SQLite's own wait stops the event loop. */
export async function whenFree<T>(work: () => Promise<T>): Promise<T> {
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

export type SqliteConnection = ReturnType<typeof sqliteConnection>;

/** One connection of a SQLite file, through TypeORM, with statements that are prepared once. */
export function sqliteConnection(path: string, options: EngineOptions, readonly: boolean) {
  let source: DataSource | null = null;
  let opening: Promise<void> | null = null;
  let handle: Database | null = null;
  let statements = new Map<string, Database.Statement>();
  let inode: number | null = null;
  let seenAt = 0;

  const isOpen = () => handle !== null && isStillThere();

  async function open(): Promise<void> {
    if (isOpen()) return;
    if (handle !== null) await close();
    opening ??= openOnce().finally(() => (opening = null));
    await opening;
  }

  /** In WAL mode SQLite does not notice that its file was deleted or replaced: it would go on writing into nothing. */
  function isStillThere(): boolean {
    if (performance.now() - seenAt < LOOK_EVERY) return true;
    seenAt = performance.now();
    return statSync(path, { throwIfNoEntry: false })?.ino === inode;
  }

  async function openOnce(): Promise<void> {
    try {
      // A file that vanished while it was in use is an outage. A new, empty one in its place would be a silent loss.
      const opened = new DataSource({
        type: 'better-sqlite3',
        driver: Database,
        database: path,
        readonly,
        fileMustExist: readonly || inode !== null,
        timeout: 20,
        entities: options.entities,
        migrations: options.migrations,
        prepareDatabase: (database: Database) => {
          if (readonly) return;
          database.pragma('journal_mode = WAL');
          database.pragma('synchronous = NORMAL');
        },
      });
      await whenFree(() =>
        opened.initialize().catch((error: unknown) => Promise.reject(translate(error, 'open'))),
      );
      source = opened;
      handle = (await opened.createQueryRunner().connect()) as Database;
      statements = new Map();
      inode = statSync(path).ino;
      seenAt = performance.now();
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

  /** Not an async function: SQLite answers at once, and every statement of every request comes through here. */
  function perform<T>(sql: string, work: (statement: Database.Statement) => T): Promise<T> {
    try {
      return Promise.resolve(work(prepared(sql)));
    } catch (error) {
      return failed(translate(error, sql));
    }
  }

  function prepared(sql: string): Database.Statement {
    if (handle === null) throw new DatabaseUnavailable('SQLITE_CLOSED');
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = handle.prepare(sql);
      // Statements are the program's own texts; what is built for a request (a list of keys) has few lengths.
      if (statements.size < 500) statements.set(sql, statement);
    }
    return statement;
  }

  async function failed(failure: unknown): Promise<never> {
    if (failure instanceof DatabaseUnavailable && !isPassing(failure) && handle?.inTransaction === false)
      await close();
    throw failure;
  }

  return {
    isOpen,
    open,
    close,
    all: <T extends object>(sql: string, values: readonly Value[] = []) =>
      perform(sql, (statement) => statement.all(...bindable(values)) as T[]),
    first: <T extends object>(sql: string, values: readonly Value[] = []) =>
      perform(sql, (statement) => statement.get(...bindable(values)) as T | undefined),
    run: (sql: string, values: readonly Value[] = []) =>
      perform(sql, (statement) => statement.run(...bindable(values)).changes),
    /** SQLite has rolled back by itself after some errors (a full disk, say). */
    async rollback(): Promise<void> {
      if (handle?.inTransaction) {
        await perform('ROLLBACK', (statement) => statement.run()).catch(close);
      }
    },
    handle(): Database {
      if (handle === null) throw new DatabaseUnavailable('SQLITE_CLOSED');
      return handle;
    },
    dataSource(): DataSource {
      if (source === null) throw new DatabaseUnavailable('SQLITE_CLOSED');
      return source;
    },
  };
}

const OUTAGES = /^SQLITE_(BUSY|LOCKED|CANTOPEN|READONLY|IOERR|FULL|NOTADB|CORRUPT|PERM|AUTH|PROTOCOL|CLOSED)/;

/** The same connection serves again as soon as the cause is gone. */
function isPassing(failure: DatabaseUnavailable): boolean {
  return /^SQLITE_(BUSY|LOCKED|FULL)/.test(failure.code);
}

export function translate(error: unknown, sql: string): unknown {
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
