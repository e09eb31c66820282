import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import type { Connection } from 'mysql2/promise';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/data-source.js';
import { openDatabase } from '../../src/store/data-source.js';
import { partsOf } from '../../src/store/users/user-parts.js';
import type { PrivateMariaDb } from '../databases/mariadb.js';
import { startMariaDb } from '../databases/mariadb.js';
import { seedUser } from '../databases/open-test-database.js';
import type { Fixture } from '../faults/fixture.js';
import { appUser, arrive, openFixture } from '../faults/fixture.js';
import { PASSWORD } from '../harness/password.js';
import { grow, LINES_EACH, SESSIONS_EACH } from './growth/fill.js';
import { measure } from './growth/meter.js';
import type { All } from './growth/middle.js';
import { middleOf } from './growth/middle.js';
import { operationsOf } from './growth/operations.js';
import type { Measured, TableSize } from './growth/report.js';
import { FLAT_WITHIN, growthOf, MOST_READS, reportGrowth } from './growth/report.js';

const SIZES = [1_000, 10_000, 100_000];
const TABLES = ['users', 'user_parts', 'two_factors', 'factors', 'sessions', 'audit_events'];
/** So that filling takes minutes. What is measured does not depend on it: it counts rows. */
const POOL = ['--innodb-buffer-pool-size=1G', '--innodb-log-file-size=512M', '--innodb-doublewrite=0'];

describe('growth, on MariaDB', () => {
  let server: PrivateMariaDb;
  let database: Database;
  /** Fills and counts, apart from the pool of the stores. */
  let aside: Connection;
  let fixture: Fixture;
  beforeAll(async () => {
    server = await startMariaDb(POOL);
    aside = await mysql.createConnection({ host: '127.0.0.1', port: server.port, user: 'root' });
    await aside.query('CREATE DATABASE twofold');
    await aside.query('USE twofold');
    database = await openDatabase(`${server.url}/twofold`);
    await database.migrate();
    fixture = await openFixture(database);
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await aside.end();
    await server.remove();
  });

  const run = async (text: string, values: readonly unknown[] = []) =>
    void (await aside.query(text, [...values]));

  const all: All = async (text, values = []) => (await aside.query(text, [...values]))[0] as never;

  async function total(table: string): Promise<number> {
    const [row] = await all<{ total: number }>(`SELECT COUNT(*) AS total FROM ${table}`);
    return row?.total ?? 0;
  }

  /** The parts of some users, made by the store's own function, are those that the filling has made. */
  async function comparePartsOf(size: number): Promise<void> {
    const some = await all<Parameters<typeof partsOf>[0]>(
      `SELECT id, organization_id, name_key, email_key FROM users WHERE email LIKE '%growth.example' ORDER BY id LIMIT 20 OFFSET ${String(size - 20)}`,
    );
    expect(some).toHaveLength(20);
    for (const user of some) {
      const parts = await all<{ part: string }>('SELECT part FROM user_parts WHERE user_id = ?', [user.id]);
      expect(parts.map(({ part }) => part).sort()).toEqual(partsOf(user).sort());
    }
  }

  async function sizeOf(name: string): Promise<TableSize> {
    const [row] = await all<{ bytes: number | string }>(
      'SELECT data_length + index_length AS bytes FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?',
      [name],
    );
    return { name, rows: await total(name), bytes: Number(row?.bytes) };
  }

  /** Somebody with an app, and an administrator, in the organisation that becomes large. */
  async function people() {
    const person = await appUser(fixture);
    const organizationId = (await fixture.reload(person.token)).user.organization.id;
    const passwordHash = await fakeHasher().hash(PASSWORD);
    const { email } = await seedUser(database, { organizationId, passwordHash, role: 'ADMIN' });
    return { person, administrator: email, organizationId, passwordHash };
  }

  async function partiesOf({ person, administrator, organizationId }: Awaited<ReturnType<typeof people>>) {
    const arrived = await arrive(fixture, administrator);
    if (arrived.outcome !== 'SIGNED_IN') throw new Error('A second factor is asked for.');
    const { token } = arrived;
    const live = await fixture.reload(token);
    return { fixture, database, live, token, person, middle: await middleOf(all, organizationId) };
  }

  it('costs as much at 100,000 users, 1,000,000 sessions and 5,000,000 lines of the audit log as at a hundredth of them', async () => {
    const known = await people();
    const measured = new Map<string, Measured>();
    const began = performance.now();
    let filling = 0;
    for (const [at, size] of SIZES.entries()) {
      const from = performance.now();
      await grow(run, SIZES[at - 1] ?? 0, size, { ...known, now: fixture.clock.now() });
      for (const name of TABLES) await aside.query(`ANALYZE TABLE ${name}`);
      filling += performance.now() - from;
      expect(await total('sessions')).toBeGreaterThanOrEqual(size * SESSIONS_EACH);
      expect(await total('audit_events')).toBeGreaterThanOrEqual(size * LINES_EACH);
      await comparePartsOf(size);
      for (const operation of operationsOf(await partiesOf(known))) {
        await operation.prepare?.();
        const cost = await measure(aside, operation.work, operation.repetitions);
        const before = measured.get(operation.name)?.costs ?? [];
        measured.set(operation.name, { operation, costs: [...before, cost] });
      }
    }
    const tables = [];
    for (const name of TABLES) tables.push(await sizeOf(name));
    const every = [...measured.values()];
    reportGrowth(SIZES, every, tables, { filling, all: performance.now() - began });

    const grown = every.filter((one) => one.operation.promise === 'FLAT' && growthOf(one) > FLAT_WITHIN);
    expect(grown.map((one) => [one.operation.name, ...one.costs.map(({ reads }) => reads)])).toEqual([]);
    const bounded = every.filter((one) => one.operation.promise !== 'GROWS');
    expect(Math.max(...bounded.flatMap(({ costs }) => costs.map(({ reads }) => reads)))).toBeLessThan(
      MOST_READS,
    );
    // What is counted is counted: a number of all users takes reading them all.
    expect(growthOf(measured.get('totalCount')!)).toBeGreaterThan(50);
  });
});
