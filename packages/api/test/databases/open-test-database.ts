import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '@twofold/core/testing/fixed-clock';
import type { Stores } from '@twofold/core/use-cases';
import type { Organization } from '@twofold/core/users/user';
import { noPolicy } from '@twofold/core/users/user';
import mysql from 'mysql2/promise';
import { inject } from 'vitest';
import { nodeRandom } from '../../src/adapters/node-random.js';
import type { NewUser } from '../../src/store/users/create-account.js';
import { createOrganization, createUser } from '../../src/store/users/create-account.js';
import type { Database } from '../../src/store/data-source.js';
import { openDatabase } from '../../src/store/data-source.js';
import { createStores } from '../../src/store/stores.js';

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  readonly database: Database;
  /** Closes it and deletes it. */
  remove(): Promise<void>;
}

/** Every store, outside of any request. */
export const storesOn = (database: Database): Stores =>
  createStores(database, { clock: fixedClock(), random: nodeRandom, origin: () => null });

/** Every database that the product runs on: `describe.each(databases)('… on $name', ({ open }) => …)`. */
export const databases: readonly { readonly name: string; open(): Promise<TestDatabase> }[] = [
  { name: 'SQLite', open: openSqlite },
  { name: 'MariaDB', open: openMariaDb },
];

/** Fresh and migrated, in a temporary file. */
export async function openSqlite(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-sqlite-'));
  return opened('SQLite', `sqlite:${join(folder, 'test.sqlite')}`, () => {
    rmSync(folder, { recursive: true, force: true });
    return Promise.resolve();
  });
}

/** Fresh and migrated, a database of its own on the server of this run. */
export async function openMariaDb(): Promise<TestDatabase> {
  const server = inject('mariadbUrl');
  const name = `twofold_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name}`);
  return opened('MariaDB', `${server}/${name}`, () => execute(server, `DROP DATABASE ${name}`));
}

async function opened(name: string, url: string, drop: () => Promise<void>): Promise<TestDatabase> {
  const database = await openDatabase(url);
  await database.migrate();
  return {
    name,
    url,
    database,
    async remove() {
      await database.close();
      await drop();
    },
  };
}

async function execute(server: string, statement: string): Promise<void> {
  const url = new URL(server);
  const connection = await mysql.createConnection({
    host: url.hostname,
    port: Number(url.port),
    user: url.username,
  });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

/** Writes the row of an organisation and answers what was written. */
export async function seedOrganization(
  database: Database,
  { createdAt = 0, ...policy }: Partial<Organization> & { readonly createdAt?: number } = {},
): Promise<Organization> {
  const organization: Organization = {
    id: randomUUID(),
    name: 'Test Signage',
    ...noPolicy,
    ...policy,
  };
  await createOrganization(database.sql, { ...organization, createdAt });
  return organization;
}

/** Writes the row of a user and answers what was written. */
export async function seedUser(
  database: Database,
  given: Partial<NewUser> & Pick<NewUser, 'organizationId'>,
): Promise<NewUser> {
  const id = given.id ?? randomUUID();
  const user: NewUser = {
    name: 'Test User',
    email: `${id}@test.example`,
    role: 'MEMBER',
    passwordHash: 'no-hash',
    createdAt: 0,
    ...given,
    id,
  };
  await createUser(database.sql, user);
  return user;
}
