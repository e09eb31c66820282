import type { LimitStore } from '@twofold/core/limits/limit-store';
import type { Database } from '../data-source.js';
import type { LimitRow } from './limit.table.js';
import type { Sql } from '../engine/sql.js';
import { placeholders, upsert } from '../engine/sql.js';

export function limitStore({ sql, isInsideTransaction }: Database): LimitStore {
  return {
    async peek(key) {
      const row = await sql.first<LimitRow>('SELECT state FROM limits WHERE limit_key = ?', [key]);
      return row === undefined ? null : toState(row);
    },
    async lock(keys) {
      if (!isInsideTransaction()) throw new Error('A lock without a transaction would be gone at once.');
      if (keys.length === 0) return [];
      // Everybody takes them in the same order, so nobody waits in a circle.
      const sorted = [...new Set(keys)].sort();
      // SQLite's transaction has locked the whole database when it began.
      const states = await (sql.dialect === 'sqlite' ? read : lockRows)(sql, sorted);
      return keys.map((key) => states.get(key) ?? null);
    },
    async save(key, state, expiresAt) {
      if (state === null) await sql.run('DELETE FROM limits WHERE limit_key = ?', [key]);
      else
        await upsert(sql, 'limits', { limit_key: key, state: JSON.stringify(state), expires_at: expiresAt });
    },
  };
}

/**
 * Takes the rows by writing them, the missing ones and the others. A row that is not there cannot be locked in READ
 * COMMITTED, and in a Galera cluster a lock holds on one node alone: what two nodes decide at once is settled by what both
 * have written. One that only read would be certified beside the other, and a sign-in by password alone could come to stand
 * beside the switching on of the second factor. Not by INSERT IGNORE, which takes a shared lock on a row that is there; two
 * callers would then wait for each other (MySQL manual, "Locks Set by Different SQL Statements in InnoDB").
 */
async function lockRows(sql: Sql, sorted: readonly string[]): Promise<Map<string, unknown>> {
  // A write that changes nothing is none to Galera; a millisecond more or less before it is purged is nothing to us.
  await sql.run(
    `INSERT INTO limits (limit_key, state, expires_at) VALUES ${sorted.map(() => '(?, NULL, 0)').join(', ')}
      ON DUPLICATE KEY UPDATE expires_at = expires_at + 1`,
    sorted,
  );
  return read(sql, sorted);
}

async function read(sql: Sql, keys: readonly string[]): Promise<Map<string, unknown>> {
  const rows = await sql.all<LimitRow>(
    `SELECT limit_key, state FROM limits WHERE limit_key IN (${placeholders(keys.length)})`,
    keys,
  );
  return new Map(rows.map((row) => [row.limit_key, toState(row)]));
}

function toState(row: Pick<LimitRow, 'state'>): unknown {
  return row.state === null ? null : (JSON.parse(row.state) as unknown);
}
