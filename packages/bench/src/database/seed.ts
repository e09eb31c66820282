import Database from '@twofold/sqlite';
import type { Keys } from '../contestants/floor/keys.js';
import { organizationRow, rowsOf } from './rows.js';

export interface Seeding {
  /** A file that the product has migrated. */
  readonly file: string;
  readonly users: number;
  readonly passwordHash: string;
  readonly keys: Keys;
  readonly now: number;
}

/** Users with two-factor on by app. All have one hash of one password: hashing it 10,000 times would prove nothing more. */
export function seed({ file, users, passwordHash, keys, now }: Seeding): void {
  const database = new Database(file);
  const statements = new Map<string, Database.Statement>();
  const insert = (table: string, row: object) => {
    const columns = Object.keys(row);
    const named = columns.map((column) => `@${column}`).join(', ');
    const statement =
      statements.get(table) ??
      database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${named})`);
    statements.set(table, statement);
    statement.run(row);
  };
  const seal = (secret: string, row: string) => keys.seal(secret, row);
  try {
    database.exec('BEGIN');
    insert('organizations', organizationRow(now));
    for (let number = 1; number <= users; number++) {
      const rows = rowsOf(number, { now, passwordHash }, seal);
      for (const [table, row] of Object.entries(rows)) insert(table, row);
    }
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}
