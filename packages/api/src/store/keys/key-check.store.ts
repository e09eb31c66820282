import type { Database } from '../data-source.js';
import { isUniqueViolation } from '../engine/database-unavailable.js';
import type { KeyCheckRow } from './key-check.table.js';
import { insert } from '../engine/sql.js';

export type KeyCheckStore = ReturnType<typeof keyCheckStore>;

/** The keys that this database knows, by id, and what each must open. */
export function keyCheckStore({ sql }: Pick<Database, 'sql'>) {
  return {
    async all(): Promise<{ readonly keyId: string; readonly sealed: string }[]> {
      const rows = await sql.all<KeyCheckRow>('SELECT key_id, sealed FROM key_checks ORDER BY key_id');
      return rows.map((row) => ({ keyId: row.key_id, sealed: row.sealed }));
    },
    /** False where another process was first. */
    async add(keyId: string, sealed: string): Promise<boolean> {
      try {
        await insert(sql, 'key_checks', { key_id: keyId, sealed });
        return true;
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },
    /** Whether there was one. */
    async remove(keyId: string): Promise<boolean> {
      return (await sql.run('DELETE FROM key_checks WHERE key_id = ?', [keyId])) === 1;
    },
  };
}
