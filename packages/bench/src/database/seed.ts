import Database from '@twofold/sqlite';
import type { Keys } from '../contestants/floor/keys.js';
import { ORGANIZATION, person } from '../people.js';
import { base32 } from '../totp.js';

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
  try {
    const insert = (table: string, columns: string) =>
      database.prepare(
        `INSERT INTO ${table} (${columns}) VALUES (${columns.replaceAll(/\w+/g, (column) => `@${column}`)})`,
      );
    const organization = insert('organizations', 'id, name, two_factor_required, created_at');
    const user = insert(
      'users',
      'id, organization_id, email, email_key, name, name_key, role, password_hash, password_set_at, created_at, last_sign_in_at',
    );
    const twoFactor = insert(
      'two_factors',
      'user_id, method, enabled_at, last_used_at, recovery_code_hash, recovery_code_created_at',
    );
    const factor = insert('factors', 'id, user_id, kind, slot, sealed, used_step, created_at');

    database.exec('BEGIN');
    organization.run({ ...ORGANIZATION, two_factor_required: 0, created_at: now });
    for (let number = 1; number <= users; number++) {
      const { id, email, name, role, secret } = person(number);
      const keysOfSearch = { email_key: email, name_key: name.toLowerCase() };
      const password = { password_hash: passwordHash, password_set_at: now };
      user.run({
        ...{ id, organization_id: ORGANIZATION.id, email, name, role },
        ...{ ...keysOfSearch, ...password, created_at: now, last_sign_in_at: null },
      });
      twoFactor.run({
        ...{ user_id: id, method: 'TOTP', enabled_at: now, last_used_at: null },
        ...{ recovery_code_hash: `none-${String(number)}`, recovery_code_created_at: now },
      });
      const sealed = keys.seal(base32(secret), id);
      factor.run({
        ...{ id, user_id: id, kind: 'TOTP', slot: 'PRIMARY' },
        ...{ sealed, used_step: null, created_at: now },
      });
    }
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}
