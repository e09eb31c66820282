import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import type { Connection } from 'mysql2/promise';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/data-source.js';
import { openDatabase } from '../../src/store/data-source.js';
import { partsOf } from '../../src/store/user-parts.js';
import type { PrivateMariaDb } from '../databases/mariadb.js';
import { startMariaDb } from '../databases/mariadb.js';
import { seedUser } from '../databases/open-test-database.js';
import type { Fixture } from '../faults/fixture.js';
import { appUser, arrive, openFixture } from '../faults/fixture.js';
import { PASSWORD } from '../harness/password.js';
import type { Filling } from './growth/fill.js';
import { grow, LINES_EACH, SESSIONS_EACH } from './growth/fill.js';
import type { Cost } from './growth/meter.js';
import { measure } from './growth/meter.js';
import type { All } from './growth/middle.js';
import { middleOf } from './growth/middle.js';
import type { Operation, Parties } from './growth/operations.js';
import { operationsOf } from './growth/operations.js';
import type { Measured, TableSize } from './growth/report.js';
import { growthOf, reportGrowth } from './growth/report.js';

const SIZES = [1_000, 10_000, 100_000];
/** How far reads may go up from the smallest size to the largest where they are to be flat. */
const FLAT_WITHIN = 1.2;
/** What a search may read that is met too seldom for the one way of finding, and too often for the other. */
const MOST_READS = 10_000;
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

  it('costs as much at 100,000 users, 1,000,000 sessions and 5,000,000 lines of the audit log as at a hundredth of them', async () => {
    const person = await appUser(fixture);
    const organizationId = (await fixture.reload(person.token)).user.organization.id;
    const passwordHash = await fakeHasher().hash(PASSWORD);
    const { email } = await seedUser(database, { organizationId, passwordHash, role: 'ADMIN' });
    const filling: Filling = { organizationId, passwordHash, now: fixture.clock.now() };
    const measured = new Map<string, { operation: Operation; costs: Cost[] }>();
    const began = performance.now();
    let filled = 0;
    for (const size of SIZES) {
      const from = performance.now();
      await grow(run, SIZES[SIZES.indexOf(size) - 1] ?? 0, size, filling);
      for (const name of TABLES) await aside.query(`ANALYZE TABLE ${name}`);
      filled += performance.now() - from;
      expect(
        [await total('sessions'), await total('audit_events')].map(
          (rows, at) => rows >= size * [SESSIONS_EACH, LINES_EACH][at]!,
        ),
      ).toEqual([true, true]);
      await comparePartsOf(size);
      const arrived = await arrive(fixture, email);
      if (arrived.outcome !== 'SIGNED_IN') throw new Error('A second factor is asked for.');
      const live = await fixture.reload(arrived.token);
      const parties: Parties = {
        fixture,
        database,
        live,
        token: arrived.token,
        person,
        middle: await middleOf(all, organizationId),
      };
      for (const operation of operationsOf(parties)) {
        await operation.prepare?.();
        const cost = await measure(aside, operation.work, operation.repetitions);
        const soFar = measured.get(operation.name) ?? { operation, costs: [] };
        measured.set(operation.name, { operation, costs: [...soFar.costs, cost] });
      }
    }
    const costs: Measured[] = [...measured.values()];
    const tables = [];
    for (const name of TABLES) tables.push(await sizeOf(name));
    const minutes = (ms: number) => (ms / 60_000).toFixed(1);
    reportGrowth(SIZES, costs, tables, {
      before: `An organisation with nine of ten users, among small ones; ten sessions and fifty lines of the audit log for each user. The rules over the stores, hashing and HTTP left out. Reads are rows and entries of indices that the server says it has read for one operation (\`Handler_read_%\`), so other work on the machine changes nothing about them; they may differ by ${String(Math.round((FLAT_WITHIN - 1) * 100))} % between the smallest size and the largest where it says flat, and be ${String(MOST_READS)} at most where it says bounded. Pages are those asked of the buffer pool. Times are medians at the caller and for information: what else the machine did is in them. Pages of users and of activity have 50 rows.`,
      behind: `Filling took ${minutes(filled)} minutes of ${minutes(performance.now() - began)}. The tables at the largest size, as \`information_schema\` has them after \`ANALYZE TABLE\`:`,
    });
    const grown = costs.filter((one) => one.operation.promise === 'FLAT' && !(growthOf(one) <= FLAT_WITHIN));
    expect(grown.map((one) => [one.operation.name, ...one.costs.map(({ reads }) => reads)])).toEqual([]);
    const reads = costs
      .filter((one) => one.operation.promise !== 'GROWS')
      .flatMap(({ costs }) => costs.map((cost) => cost.reads));
    expect(Math.max(...reads)).toBeLessThan(MOST_READS);
    // What is counted is counted: a number of all users takes reading them all.
    expect(growthOf(measured.get('totalCount')!)).toBeGreaterThan(50);
  });
});

const TABLES = ['users', 'user_parts', 'two_factors', 'factors', 'sessions', 'audit_events'];
