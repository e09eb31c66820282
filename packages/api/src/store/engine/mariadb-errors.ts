import { DatabaseUnavailable, StatementFailed } from './database-unavailable.js';

/** The transaction was undone for the sake of another: deadlock, lock time-out, and "record has changed since last read"
 *  of MariaDB's snapshot isolation. A conflict between Galera's nodes is reported as a deadlock, also by COMMIT. */
export const CONTENTION = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);

/** A node that is no part of its cluster's majority, or not yet, says so before it looks at the statement (1047). */
export const REFUSED_UNREAD = new Set(['ER_UNKNOWN_COM_ERROR']);

/** Errors of the server that waiting mends. mysql2 names most of them; the numbers are those of MariaDB's error list. */
const OUTAGES = new Set([
  1021, 1040, 1041, 1044, 1045, 1047, 1049, 1053, 1114, 1129, 1130, 1180, 1203, 1226, 1290, 1792, 1836, 1927,
  1969, 2006, 2013, 3024, 4031,
]);

interface DriverError {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly fatal?: unknown;
  readonly message?: string;
  readonly driverError?: DriverError;
}

export function translate(error: unknown, sql: string): unknown {
  if (error instanceof DatabaseUnavailable || error instanceof StatementFailed) return error;
  const failure = (error as DriverError).driverError ?? (error as DriverError);
  const code = typeof failure.code === 'string' ? failure.code : 'UNKNOWN';
  if (failure.fatal === true || OUTAGES.has(failure.errno as number)) return new DatabaseUnavailable(code);
  if (/^(ER_)/.test(code)) return new StatementFailed(code, sql);
  if (/^(E[A-Z]+|EAI_[A-Z]+|PROTOCOL_.*|HANDSHAKE_.*)$/.test(code)) return new DatabaseUnavailable(code);
  const poolSays = failure.message ?? '';
  if (/^(Pool is closed|Queue limit reached|No connections available|Can't add new command)/.test(poolSays)) {
    return new DatabaseUnavailable('POOL');
  }
  return error;
}
