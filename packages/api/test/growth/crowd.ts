import { randomUUID } from 'node:crypto';
import { sortKey } from '@twofold/core/users/user';
import type { Database } from '../../src/store/data-source.js';
import type { Value } from '../../src/store/engine/sql.js';
import { placeholders } from '../../src/store/engine/sql.js';
import { insertParts } from '../../src/store/users/user-parts.js';
import { seedOrganization } from '../databases/open-test-database.js';

export interface Crowd {
  readonly organizationId: string;
  /** Somebody of it, with a good many lines of the audit log. */
  readonly userId: string;
  /** An id that half of the users' are below. */
  readonly middle: string;
  readonly now: number;
}

const USERS = 2_000;
const NEIGHBOURS = 20;
const LINES = 10_000;
const LIVE_FOR = 600_000;
const names = ['Anna', 'Björn', 'Chiara', 'Dmitri', 'Esra', 'Félix', 'Grace', 'Hyun', 'Ines', 'João'];

/**
 * Fills an organisation as if it had long been there, beside small ones: enough that a plan for all of it differs from one for a
 * page. All live at `now`; nothing has run out.
 */
export async function fillCrowd(database: Database, organizationId: string, now: number): Promise<Crowd> {
  const neighbours: string[] = [];
  for (let n = 0; n < NEIGHBOURS; n++)
    neighbours.push((await seedOrganization(database, { name: `Neighbour ${String(n)}` })).id);
  const users = Array.from({ length: USERS }, (_, n) =>
    userAt(n, n % 20 === 19 ? neighbours[n % NEIGHBOURS]! : organizationId),
  );
  const userId = users[0]!.id;
  await database.transaction(async () => {
    await insertRows(database, 'users', users.map(rowOf(now)));
    await insertParts(database.sql.run, users);
    await insertRows(
      database,
      'two_factors',
      users.filter((_, n) => n % 3 !== 0).map((user) => twoFactorOf(user.id)),
    );
    await insertRows(
      database,
      'sessions',
      users.map((user, n) => sessionOf(user.id, n, now)),
    );
    await insertRows(
      database,
      'challenges',
      users.map((user, n) => challengeOf(user.id, n, now)),
    );
    await insertRows(
      database,
      'limits',
      users.map((user, n) => ({ limit_key: `limit:${user.id}`, state: '1', expires_at: now + LIVE_FOR + n })),
    );
    await insertRows(
      database,
      'sent_texts',
      users.map((user, n) => textOf(user, n, now)),
    );
    await insertRows(
      database,
      'audit_events',
      Array.from({ length: LINES }, (_, n) => lineAt(n, users[n % 40 === 0 ? 0 : (n * 7) % USERS]!, now)),
    );
    await database.sql.run('UPDATE audit_chain SET position = ? WHERE id = 1', [LINES]);
  });
  const middle = users.map(({ id }) => id).sort()[USERS / 2]!;
  return { organizationId, userId, middle, now };
}

type Made = ReturnType<typeof userAt>;

function userAt(n: number, organizationId: string) {
  const name = `${names[n % names.length]!} ${String(n)}`;
  const email = `user-${String(n)}@crowd.example`;
  const keys = { name_key: sortKey(name), email_key: email };
  return { id: randomUUID(), organization_id: organizationId, name, email, ...keys };
}

const rowOf = (now: number) => (user: Made, n: number) => ({
  ...user,
  role: n % 50 === 0 ? 'ADMIN' : 'MEMBER',
  password_hash: 'no-hash',
  created_at: 0,
  last_sign_in_at: n % 4 === 0 ? null : now - n,
});

const twoFactorOf = (userId: string) => ({
  user_id: userId,
  method: 'TOTP',
  enabled_at: 0,
  recovery_code_hash: userId,
  recovery_code_created_at: 0,
});

const sessionOf = (userId: string, n: number, now: number) => ({
  id: randomUUID(),
  user_id: userId,
  token_hash: `session-${String(n)}`,
  signed_in_at: now,
  last_seen_at: now,
  idle_expires_at: now + LIVE_FOR + n,
  absolute_expires_at: now + 2 * LIVE_FOR + n,
  keep_signed_in: 0,
});

const challengeOf = (userId: string, n: number, now: number) => ({
  id: randomUUID(),
  user_id: userId,
  token_hash: `challenge-${String(n)}`,
  transport: 'BEARER',
  keep_signed_in: 0,
  created_at: now,
  expires_at: now + LIVE_FOR + n,
});

const textOf = ({ id, organization_id }: Made, n: number, now: number) => ({
  receipt: `messagebird:${String(n)}`,
  user_id: id,
  organization_id,
  method: 'SMS',
  sent_at: now,
  expires_at: now + LIVE_FOR + n,
});

const lineAt = (n: number, user: Made, now: number) => ({
  id: randomUUID(),
  at: now - LINES + n,
  action: n % 100 === 0 ? 'CHANGE_PASSWORD' : n % 3 === 0 ? 'VERIFY_TWO_FACTOR_CODE' : 'SIGN_IN',
  outcome: n % 10 === 0 ? 'INVALID_CREDENTIALS' : 'DONE',
  organization_id: user.organization_id,
  user_id: user.id,
  position: n + 1,
  seal: 'no-seal',
});

async function insertRows(
  { sql }: Database,
  table: string,
  rows: readonly Readonly<Record<string, Value>>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  for (let from = 0; from < rows.length; from += 500) {
    const some = rows.slice(from, from + 500);
    await sql.run(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${some.map(() => `(${placeholders(columns.length)})`).join(', ')}`,
      some.flatMap((row) => Object.values(row)),
    );
  }
}
