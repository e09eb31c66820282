import { symmetricEncrypt } from 'better-auth/crypto';
import { getMigrations } from 'better-auth/db/migration';
import { passwordHasher } from '../../dist/hashing.js';
import { PASSWORD, person } from '../../dist/people.js';
import { base32 } from '../../dist/totp.js';
import { database, options } from './auth.mjs';

const users = Number(process.env.BENCH_USERS);
const { runMigrations } = await getMigrations(options);
await runMigrations();

const insert = (table, row) =>
  database
    .prepare(
      `INSERT INTO "${table}" (${Object.keys(row)
        .map((name) => `"${name}"`)
        .join(', ')}) VALUES (${Object.keys(row)
        .map(() => '?')
        .join(', ')})`,
    )
    .run(...Object.values(row));

const password = await passwordHasher(process.env.BENCH_HASHING).hash(PASSWORD);
const at = new Date().toISOString();
const made = { createdAt: at, updatedAt: at };
database.exec('BEGIN');
for (let number = 1; number <= users; number++) {
  const { id, email, name, role, secret } = person(number);
  insert('user', {
    ...{ id, email, name, emailVerified: 1, twoFactorEnabled: 1, role: role === 'OWNER' ? 'admin' : 'user' },
    ...made,
  });
  insert('account', { id, accountId: id, providerId: 'credential', userId: id, password, ...made });
  const sealed = await symmetricEncrypt({ key: process.env.BENCH_KEY, data: base32(secret) });
  insert('twoFactor', { id, userId: id, secret: sealed, backupCodes: '', verified: 1 });
}
database.exec('COMMIT');
database.close();
