import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '@twofold/core/ports';
import type { Sql } from './engine/sql.js';
import { along, placeholders } from './engine/sql.js';

/** Small, so that nobody waits long for the locks of one statement. */
export const PURGED_AT_ONCE = 500;
/** In ms. The database belongs to those who sign in: however much has run out, most of the time goes to them. */
const PAUSE = 20;

interface Expiring {
  readonly table: string;
  readonly id: string;
  readonly column: string;
}

const expiring: readonly Expiring[] = [
  { table: 'setups', id: 'id', column: 'expires_at' },
  { table: 'challenges', id: 'id', column: 'expires_at' },
  { table: 'sessions', id: 'id', column: 'idle_expires_at' },
  { table: 'sessions', id: 'id', column: 'absolute_expires_at' },
  { table: 'links', id: 'id', column: 'expires_at' },
  { table: 'trusted_browsers', id: 'id', column: 'expires_at' },
  { table: 'policy_reminders', id: 'id', column: 'expires_at' },
  { table: 'limits', id: 'limit_key', column: 'expires_at' },
  { table: 'sent_texts', id: 'receipt', column: 'expires_at' },
];

/**
 * Deletes what has run out by `now`: nothing reads it any more. Answers the number of rows. Each statement stands for itself and
 * is bounded; between two of them there is a pause. Safe on several nodes at once.
 *
 * @param signal ends it after the statement in hand; what is left is for the next time
 */
export async function purgeExpired(sql: Sql, now: Instant, signal?: AbortSignal): Promise<number> {
  let purged = 0;
  for (const one of expiring) {
    while (!signal?.aborted) {
      const found = await sql.all<{ id: string }>(
        `SELECT ${one.id} AS id FROM ${one.table} WHERE ${one.column} <= ? ORDER BY ${one.column} LIMIT ${PURGED_AT_ONCE}`,
        [now],
      );
      if (found.length === 0) break;
      const ids = found.map(({ id }) => id);
      const deleted = await sql.run(deletion(sql, one, ids.length), [...ids, now]);
      purged += deleted;
      // Another node has taken the same ones: the rest is left to it, or the two would wait for each other at every batch.
      if (found.length < PURGED_AT_ONCE || deleted === 0) break;
      await sleep(PAUSE);
    }
  }
  return purged;
}

/** With the condition again: a session may have been used, a counter counted, since it was found. */
function deletion(sql: Sql, { table, id, column }: Expiring, count: number): string {
  const where = `${id} IN (${placeholders(count)}) AND ${column} <= ?`;
  // Left alone, MariaDB reads a small table from end to end, and waits for every row that somebody else has locked. It takes the
  // name of an index where the table has a second name.
  return sql.dialect === 'sqlite'
    ? `DELETE FROM ${table} WHERE ${where}`
    : `DELETE expired FROM ${table} AS expired ${along(sql, 'PRIMARY')} WHERE ${where}`;
}
