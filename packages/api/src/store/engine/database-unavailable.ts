import { setTimeout as sleep } from 'node:timers/promises';

/** The database cannot serve now: it is down, full, read-only, or everybody waits for it. Trying again later helps, and
 *  no restart is needed. It carries the driver's code alone, since a driver's message can hold values and addresses. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  constructor(readonly code: string) {
    super(`The database is unavailable (${code}).`);
  }
}

/** The same, and nothing of what was asked for has happened: where another node serves, it may run again there. */
export class Interrupted extends DatabaseUnavailable {}

/** A statement that the database refused: a bug, or a constraint that a store expects. It names the statement with its
 *  placeholders and never a value: mysql2 puts the values into `error.sql` and `error.message`. */
export class StatementFailed extends Error {
  override readonly name = 'StatementFailed';
  constructor(
    readonly code: string,
    sql: string,
  ) {
    super(`${code} in: ${sql.replace(/\s+/g, ' ').trim()}`);
  }
}

/** Runs `work` until the database can be reached, waiting longer each time, up to 5 s. Another error, or the signal, ends it. */
export async function untilAvailable<T>(
  work: () => Promise<T>,
  options: { readonly signal?: AbortSignal; readonly onRetry?: (error: DatabaseUnavailable) => void } = {},
): Promise<T> {
  for (let wait = 100; ; wait = Math.min(wait * 2, 5_000)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      options.onRetry?.(error);
      await sleep(wait, undefined, options.signal ? { signal: options.signal } : {});
    }
  }
}

export function isUniqueViolation(error: unknown): boolean {
  return hasCode(error, 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'ER_DUP_ENTRY');
}

/** What it refers to is gone. */
export function isForeignKeyViolation(error: unknown): boolean {
  return hasCode(error, 'SQLITE_CONSTRAINT_FOREIGNKEY', 'ER_NO_REFERENCED_ROW', 'ER_NO_REFERENCED_ROW_2');
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof StatementFailed && codes.includes(error.code);
}
