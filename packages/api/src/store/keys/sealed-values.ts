import type { ValueOwner } from '@twofold/core/audit/record-altered-value';
import type { Place } from '@twofold/core/ports';
import type { Database } from '../data-source.js';
import { placeholders } from '../engine/sql.js';

/** The tables with a column `sealed` that holds users' values, each with its rows' `id`. A test compares it with the schema. */
export const sealedTables = ['factors', 'setups'] as const;
export type SealedTable = (typeof sealedTables)[number];

export interface SealedValue {
  readonly place: Place;
  readonly sealed: string;
}

export type SealedValues = ReturnType<typeof sealedValues>;

/** Small, so that nobody waits long for the locks of one transaction. */
const BATCH = 100;
/** So many that one altered value does not decide whether a key is the right one. */
const SAMPLE = 20;

/** A value carries the id of its key before the first dot (aes-cipher.ts), so that the database can be asked by key. */
const IS_UNDER = 'SUBSTR(sealed, 1, ?) = ?';
const prefix = (keyId: string) => [keyId.length + 1, `${keyId}.`] as const;

/**
 * Statements on sealed values by their key. There is no index for them: they look through a table, and are for a change
 * of keys alone.
 */
export function sealedValues({ sql, transaction }: Pick<Database, 'sql' | 'transaction'>) {
  async function find(
    table: SealedTable,
    where: string,
    values: readonly (string | number)[],
    limit: number,
  ) {
    const rows = await sql.all<{ id: string; sealed: string }>(
      `SELECT id, sealed FROM ${table} WHERE ${where} ORDER BY id LIMIT ${limit}`,
      values,
    );
    return rows.map(({ id, sealed }): SealedValue => ({
      place: { table, column: 'sealed', row: id },
      sealed,
    }));
  }

  async function anyUnder(keyId: string): Promise<SealedValue[]> {
    const found = [];
    for (const table of sealedTables) found.push(...(await find(table, IS_UNDER, prefix(keyId), SAMPLE)));
    return found;
  }

  return {
    /** How many values each key holds. What is no sealed value at all may give any text for an id. */
    async countByKey(): Promise<{ table: SealedTable; keyId: string; total: number }[]> {
      const counts = [];
      for (const table of sealedTables) {
        const rows = await sql.all<{ keyId: string; total: number }>(
          `SELECT SUBSTR(sealed, 1, INSTR(sealed, '.') - 1) AS keyId, COUNT(*) AS total FROM ${table}
           GROUP BY SUBSTR(sealed, 1, INSTR(sealed, '.') - 1)`,
        );
        counts.push(...rows.map((row) => ({ table, ...row })));
      }
      return counts;
    },
    /** A few values under this key, from every table; none where it is not used. */
    anyUnder,
    async countNotUnder(table: SealedTable, keyId: string): Promise<number> {
      const [row] = await sql.all<{ total: number }>(
        `SELECT COUNT(*) AS total FROM ${table} WHERE NOT ${IS_UNDER}`,
        prefix(keyId),
      );
      return row?.total ?? 0;
    },
    /** How many lines of the audit log this key's digests vouch for. A rotation cannot make them anew: that the seal is from
     *  the day of the line is what it proves. */
    async countAuditLinesUnder(keyId: string): Promise<number> {
      const [row] = await sql.all<{ total: number }>(
        'SELECT COUNT(*) AS total FROM audit_events WHERE SUBSTR(seal, 1, ?) = ?',
        prefix(keyId),
      );
      return row?.total ?? 0;
    },
    /** The next batch of those that are not under this key, by the id of the row. */
    batchNotUnder: (table: SealedTable, keyId: string, afterRow: string) =>
      find(table, `id > ? AND NOT ${IS_UNDER}`, [afterRow, ...prefix(keyId)], BATCH),
    /** Writes new values in the place of those that were read, and answers how many: one that somebody changed meanwhile
     *  stays as it is now. */
    replace: (changes: readonly (SealedValue & { readonly by: string })[]): Promise<number> =>
      transaction(async () => {
        let replaced = 0;
        for (const { place, sealed, by } of changes) {
          replaced += await sql.run(
            `UPDATE ${place.table} SET ${place.column} = ? WHERE id = ? AND ${place.column} = ?`,
            [by, place.row, sealed],
          );
        }
        return replaced;
      }),
    /** Whose it is; null where the row is gone, or is no user's. */
    async ownerOf({ table, row }: Place): Promise<ValueOwner | null> {
      const known = sealedTables.find((one) => one === table);
      if (known === undefined) return null;
      const [owner] = await sql.all<{ user_id: string; organization_id: string }>(
        `SELECT u.id AS user_id, u.organization_id FROM ${known} v JOIN users u ON u.id = v.user_id WHERE v.id = ?`,
        [row],
      );
      return owner === undefined ? null : { userId: owner.user_id, organizationId: owner.organization_id };
    },
    /** Deletes what nobody can open any more. Answers the number of rows. */
    async discardUnder(keyId: string): Promise<number> {
      let discarded = 0;
      for (const table of sealedTables) {
        for (;;) {
          const found = await find(table, IS_UNDER, prefix(keyId), BATCH);
          if (found.length === 0) break;
          // The condition again: a row may have a new value by now.
          discarded += await sql.run(
            `DELETE FROM ${table} WHERE id IN (${placeholders(found.length)}) AND ${IS_UNDER}`,
            [...found.map(({ place }) => place.row), ...prefix(keyId)],
          );
        }
      }
      return discarded;
    },
  };
}
