import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { SqliteConnection } from './sqlite-connection.js';
import { sqliteConnection, translate } from './sqlite-connection.js';
import { DatabaseUnavailable } from './database-unavailable.js';

/** 4 MB at a time, so that a signal is heard meanwhile. */
const PAGES = 1_000;

const noSchema = { entities: [], migrations: [] };

async function withConnection<T>(
  path: string,
  readonly: boolean,
  work: (connection: SqliteConnection) => Promise<T>,
): Promise<T> {
  const connection = sqliteConnection(path, noSchema, readonly);
  await connection.open();
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/**
 * Copies what is committed now into `target`, while others write: readers of a WAL keep the moment at which they began, and
 * this one does until the last page. Without the transaction each write of another process would make the copy start over
 * (sqlite.org/c3ref/backup_finish.html).
 */
export function copySqlite(path: string, target: string, signal: AbortSignal): Promise<void> {
  return withConnection(path, true, async (connection) => {
    await connection.run('BEGIN');
    await connection.all('SELECT COUNT(*) FROM sqlite_master');
    const progress = () => {
      signal.throwIfAborted();
      return PAGES;
    };
    await connection.handle().backup(target, { progress });
    await connection.run('COMMIT');
  });
}

/** Looks through the whole file and makes it one that stands for itself. Null where it is no database, or a damaged one. */
export async function inspectSqlite(path: string): Promise<{ readonly migrations: string[] } | null> {
  if (endsWithinPage(path)) return null;
  try {
    return await withConnection(path, false, async (connection) => {
      const handle = connection.handle();
      handle.pragma('journal_mode = DELETE');
      const faults = handle.pragma('integrity_check') as { integrity_check: string }[];
      const orphans = handle.pragma('foreign_key_check') as unknown[];
      if (faults[0]?.integrity_check !== 'ok' || orphans.length > 0) return null;
      const known = await connection.all("SELECT name FROM sqlite_master WHERE name = 'migrations'");
      if (known.length === 0) return { migrations: [] };
      const rows = await connection.all<{ name: string }>('SELECT name FROM migrations ORDER BY id');
      return { migrations: rows.map(({ name }) => name) };
    });
  } catch (error) {
    const failure = translate(error, 'inspect');
    if (failure instanceof DatabaseUnavailable && /NOTADB|CORRUPT/.test(failure.code)) return null;
    throw failure;
  }
}

/** SQLite takes what is missing of the last page for zeros, which an index without entries may consist of: nothing would be
 *  noticed. The size of a page stands in bytes 16 and 17 (sqlite.org/fileformat.html, 1.3.2). */
function endsWithinPage(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(18);
    if (readSync(file, header, 0, header.length, 0) < header.length) return false;
    const written = header.readUInt16BE(16);
    const page = written === 1 ? 65_536 : written;
    return (
      header.toString('latin1', 0, 15) === 'SQLite format 3' && page > 0 && fstatSync(file).size % page !== 0
    );
  } finally {
    closeSync(file);
  }
}

/** Writes the WAL into the file and deletes it, so that the file can be replaced. False where another process has it open. */
export async function settleSqlite(path: string): Promise<boolean> {
  try {
    return await withConnection(path, false, (connection) => {
      const [mode] = connection.handle().pragma('journal_mode = DELETE') as { journal_mode: string }[];
      return Promise.resolve(mode?.journal_mode === 'delete');
    });
  } catch (error) {
    const failure = translate(error, 'settle');
    if (failure instanceof DatabaseUnavailable && /BUSY|LOCKED/.test(failure.code)) return false;
    throw failure;
  }
}
