import { compose } from '@twofold/api/compose';
import { readConfig } from '@twofold/api/config';
import { pino } from 'pino';
import { organizationRow, rowsOf } from '../database/rows.js';
import { PASSWORD } from '../people.js';

/**
 * Migrates the database and fills it with people who have two-factor on by app, through the product's own parts: so it is
 * the same on each database.
 */
export async function fillDatabase(
  environment: Readonly<Record<string, string>>,
  users: number,
): Promise<void> {
  const service = await compose(readConfig(environment, process.cwd()), pino({ level: 'warn' }));
  const { database, deps } = service;
  const now = Date.now();
  const insert = (table: string, row: Readonly<Record<string, string | number | null>>) => {
    const values = Object.values(row);
    const marks = values.map(() => '?').join(', ');
    return database.sql.run(
      `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${marks})`,
      values,
    );
  };
  const seal = (secret: string, row: string) =>
    deps.cipher.seal(secret, { table: 'factors', column: 'sealed', row });
  try {
    await service.prepare();
    const password = { now, passwordHash: await deps.hasher.hash(PASSWORD) };
    await database.transaction(async () => {
      await insert('organizations', organizationRow(now));
      for (let number = 1; number <= users; number++)
        for (const [table, row] of Object.entries(rowsOf(number, password, seal))) await insert(table, row);
    });
  } finally {
    await service.close();
  }
}
