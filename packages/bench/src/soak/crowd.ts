import { compose } from '@twofold/api/compose';
import { readConfig } from '@twofold/api/config';
import { pino } from 'pino';
import { ORGANIZATION, PASSWORD, person } from '../people.js';
import { base32 } from '../totp.js';

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
  try {
    await service.prepare();
    const password = { password_hash: await deps.hasher.hash(PASSWORD), password_set_at: now };
    await database.transaction(async () => {
      await insert('organizations', { ...ORGANIZATION, two_factor_required: 0, created_at: now });
      for (let number = 1; number <= users; number++) {
        const { id, email, name, role, secret } = person(number);
        const keysOfSearch = { email_key: email, name_key: name.toLowerCase() };
        const own = { id, organization_id: ORGANIZATION.id, email, name, role };
        await insert('users', {
          ...own,
          ...keysOfSearch,
          ...password,
          created_at: now,
          last_sign_in_at: null,
        });
        await insert('two_factors', {
          ...{ user_id: id, method: 'TOTP', enabled_at: now, last_used_at: null },
          ...{ recovery_code_hash: `none-${String(number)}`, recovery_code_created_at: now },
        });
        const sealed = deps.cipher.seal(base32(secret), { table: 'factors', column: 'sealed', row: id });
        await insert('factors', {
          ...{ id, user_id: id, kind: 'TOTP', slot: 'PRIMARY' },
          ...{ sealed, used_step: null, created_at: now },
        });
      }
    });
  } finally {
    await service.close();
  }
}
