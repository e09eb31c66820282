import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isUniqueViolation } from '../../src/store/engine/database-unavailable.js';
import type { TestDatabase } from './open-test-database.js';
import {
  databases,
  openMariaDb,
  openSqlite,
  seedOrganization,
  seedUser,
  storesOn,
} from './open-test-database.js';

describe.each(databases)('transactions on $name', ({ open }) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.remove());

  const names = async () => {
    const rows = await opened.database.sql.all<{ name: string }>(
      'SELECT name FROM organizations ORDER BY name',
    );
    return rows.map(({ name }) => name);
  };

  test('one within another that throws takes the outer one along, although that caught it', async () => {
    const { database } = opened;
    const before = await names();
    const outer = database.transaction(async () => {
      await seedOrganization(database, { name: 'outer' });
      const inner = database.transaction(async () => {
        await seedOrganization(database, { name: 'inner' });
        throw new Error('inner');
      });
      await inner.catch(() => 'caught');
    });
    await expect(outer).rejects.toThrow('inner');
    expect(await names()).toEqual(before);
  });

  test('a read outside of one sees nothing that is not committed', async () => {
    const { database } = opened;
    await database.transaction(async () => {
      await seedOrganization(database, { name: 'not yet' });
      expect(await database.apart(names)).not.toContain('not yet');
    });
    expect(await names()).toContain('not yet');
  });

  test('a constraint that was expected and caught does not end it', async () => {
    const { database } = opened;
    const { id } = await seedOrganization(database, { name: 'taken' });
    await database.transaction(async () => {
      const again = seedOrganization(database, { id });
      await expect(again).rejects.toSatisfy(isUniqueViolation);
      await seedOrganization(database, { name: 'after the constraint' });
    });
    expect(await names()).toContain('after the constraint');
  });

  test('each keeps to its own connection, and single statements between them to theirs', async () => {
    const { database } = opened;
    const before = (await names()).length;
    await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) => {
        if (i % 3 === 0) return seedOrganization(database);
        return database.transaction(async () => {
          await seedOrganization(database);
          await new Promise((resolve) => setTimeout(resolve, i % 5));
          if (i % 3 === 1) throw new Error('rolled back');
          await seedOrganization(database);
        });
      }),
    );
    expect(await names()).toHaveLength(before + 20 + 2 * 20);
  });

  test('a refused statement names no value: they may be emails, hashes and digests', async () => {
    const { database } = opened;
    const { id: organizationId } = await seedOrganization(database);
    const user = { organizationId, email: 'secret@test.example', passwordHash: 'secret-hash' };
    await seedUser(database, user);
    const error: unknown = await seedUser(database, user).catch((reason: unknown) => reason);
    expect(error).toSatisfy(isUniqueViolation);
    const all = JSON.stringify([error, String(error), Object.getOwnPropertyDescriptors(error)]);
    expect(all).toContain('INSERT INTO users');
    expect(all).not.toMatch(/secret/);
  });
});

test('a deadlock on MariaDB: the transaction that was undone runs again, whole', async () => {
  const { database, remove } = await openMariaDb();
  const [left, right] = [await seedOrganization(database), await seedOrganization(database)];
  let runs = 0;
  let waiting = 0;
  let meet: () => void = () => undefined;
  const bothHoldOne = new Promise<void>((resolve) => (meet = resolve));

  const rename = (first: string, second: string, name: string) =>
    database.transaction(async () => {
      runs += 1;
      const set = 'UPDATE organizations SET name = ? WHERE id = ?';
      await database.sql.run(set, [name, first]);
      if (++waiting === 2) meet();
      await bothHoldOne;
      await database.sql.run(set, [name, second]);
    });
  await Promise.all([rename(left.id, right.id, 'one'), rename(right.id, left.id, 'two')]);

  expect(runs).toBe(3);
  const rows = await database.sql.all<{ name: string }>('SELECT name FROM organizations');
  expect(new Set(rows.map(({ name }) => name)).size).toBe(1);
  await remove();
});

test(
  'a wait for a lock on MariaDB that is too long: the transaction runs again',
  { timeout: 30_000 },
  async () => {
    const { database, remove } = await openMariaDb();
    const organization = await seedOrganization(database);
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const rename = 'UPDATE organizations SET name = ? WHERE id = ?';
    let hold: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (hold = resolve));
    const holding = database.transaction(async () => {
      await database.sql.run(rename, ['holder', organization.id]);
      hold();
      await released;
    });
    // Or the second might come first, and wait for nothing.
    await held;
    let runs = 0;
    const second = database.transaction(async () => {
      runs += 1;
      // Of the first run this must not stay: InnoDB rolls back the statement that waited, not this one.
      await seedOrganization(database, { name: 'of the second' });
      if (runs === 2) release();
      await database.sql.run(rename, ['second', organization.id]);
    });
    await Promise.all([holding, second]);
    expect(runs).toBe(2);
    const rows = await database.sql.all<{ name: string }>('SELECT name FROM organizations ORDER BY name');
    expect(rows.map(({ name }) => name)).toEqual(['of the second', 'second']);
    await remove();
  },
);

test('a limit that is taken on MariaDB is written, also where nothing is saved: that makes two nodes of a cluster collide', async () => {
  const { database, remove } = await openMariaDb();
  const { limits } = storesOn(database);
  const written = async () => {
    const [row] = await database.sql.all<{ expires_at: number }>('SELECT expires_at FROM limits');
    return row?.expires_at;
  };
  const take = () => database.transaction(() => limits.lock(['key']));
  await take();
  const first = await written();
  await take();
  expect(await written()).not.toBe(first);
  await database.transaction(() => limits.save('key', { failures: 3 }, 1_000));
  expect(await take()).toEqual([{ failures: 3 }]);
  expect(await written()).not.toBe(1_000);
  await remove();
});

test('two processes on one SQLite file count exactly', async () => {
  const { openDatabase } = await import('../../src/store/data-source.js');
  const { url, database, remove } = await openSqlite();
  const other = await openDatabase(url);
  // Both open, or the first would be done before the other begins.
  await other.transaction(() => Promise.resolve());
  const count = (each: typeof database) =>
    each.transaction(async () => {
      const { limits } = storesOn(each);
      const [used] = await limits.lock(['key']);
      await new Promise(setImmediate);
      await limits.save('key', Number(used ?? 0) + 1, 1);
    });
  await Promise.all(Array.from({ length: 50 }, (_, i) => count(i % 2 === 0 ? database : other)));
  expect(await storesOn(database).limits.peek('key')).toBe(50);
  await other.close();
  await remove();
});
