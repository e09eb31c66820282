import type { Instant } from '@twofold/core/ports';
import type { Sql } from './sql.js';
import { placeholders } from './sql.js';

/** Small, so that nobody waits long for the locks of one statement. */
const BATCH = 500;

const expiring = [
  { table: 'setups', id: 'id', column: 'expires_at' },
  { table: 'challenges', id: 'id', column: 'expires_at' },
  { table: 'sessions', id: 'id', column: 'idle_expires_at' },
  { table: 'sessions', id: 'id', column: 'absolute_expires_at' },
  { table: 'limits', id: 'limit_key', column: 'expires_at' },
  { table: 'sent_texts', id: 'receipt', column: 'expires_at' },
] as const;

/** Deletes what has run out by `now`: nothing reads it any more. Answers the number of rows. Safe on several nodes at once. */
export async function purgeExpired(sql: Sql, now: Instant): Promise<number> {
  let purged = 0;
  for (const { table, id, column } of expiring) {
    let found: { id: string }[];
    do {
      found = await sql.all<{ id: string }>(
        `SELECT ${id} AS id FROM ${table} WHERE ${column} <= ? LIMIT ${BATCH}`,
        [now],
      );
      if (found.length === 0) break;
      // The condition again: a session may have been used, a counter counted, since the first statement.
      purged += await sql.run(
        `DELETE FROM ${table} WHERE ${id} IN (${placeholders(found.length)}) AND ${column} <= ?`,
        [...found.map((row) => row.id), now],
      );
    } while (found.length === BATCH);
  }
  return purged;
}
