import type { LimitStore } from '@twofold/core/limits/limit-store';
import type { Database } from './data-source.js';
import type { LimitRow } from './limit.table.js';
import type { Sql } from './sql.js';
import { placeholders, upsert } from './sql.js';

export function limitStore({ sql, isInsideTransaction }: Database): LimitStore {
  return {
    async peek(key) {
      const row = await sql.first<LimitRow>('SELECT state FROM limits WHERE limit_key = ?', [key]);
      return row === undefined ? null : toState(row);
    },
    async lock(keys) {
      if (!isInsideTransaction()) throw new Error('A lock without a transaction would be gone at once.');
      // Everybody takes them in the same order, so nobody waits in a circle.
      const sorted = [...new Set(keys)].sort();
      // SQLite's transaction has locked the whole database when it began.
      const states = sql.dialect === 'sqlite' ? await read(sql, sorted, '') : await lockRows(sql, sorted);
      return keys.map((key) => states.get(key) ?? null);
    },
    async save(key, state, expiresAt) {
      if (state === null) await sql.run('DELETE FROM limits WHERE limit_key = ?', [key]);
      else
        await upsert(sql, 'limits', { limit_key: key, state: JSON.stringify(state), expires_at: expiresAt });
    },
  };
}

/** A row that is not there cannot be locked in READ COMMITTED: it is made first. Not by INSERT IGNORE, which takes a shared
 *  lock on a row that is there; two callers would then wait for each other (MySQL manual, "Locks Set by Different SQL
 *  Statements in InnoDB"). ON DUPLICATE KEY UPDATE takes the exclusive one at once. */
async function lockRows(sql: Sql, sorted: readonly string[]): Promise<Map<string, unknown>> {
  const states = await read(sql, sorted, 'FOR UPDATE');
  const missing = sorted.filter((key) => !states.has(key));
  if (missing.length > 0) {
    await sql.run(
      `INSERT INTO limits (limit_key, state, expires_at) VALUES ${missing.map(() => '(?, NULL, 0)').join(', ')}
        ON DUPLICATE KEY UPDATE limit_key = VALUES(limit_key)`,
      missing,
    );
    // Another caller may have made one, and saved it, between the two statements.
    for (const [key, state] of await read(sql, missing, 'FOR UPDATE')) states.set(key, state);
  }
  return states;
}

async function read(
  sql: Sql,
  keys: readonly string[],
  lock: '' | 'FOR UPDATE',
): Promise<Map<string, unknown>> {
  if (keys.length === 0) return new Map();
  // Along the primary key even in a small table: a scan would lock, and wait for, the rows of others.
  const hint = lock === '' ? '' : 'FORCE INDEX (PRIMARY)';
  const rows = await sql.all<LimitRow>(
    `SELECT limit_key, state FROM limits ${hint} WHERE limit_key IN (${placeholders(keys.length)}) ORDER BY limit_key ${lock}`,
    keys,
  );
  return new Map(rows.map((row) => [row.limit_key, toState(row)]));
}

function toState(row: Pick<LimitRow, 'state'>): unknown {
  return row.state === null ? null : (JSON.parse(row.state) as unknown);
}
