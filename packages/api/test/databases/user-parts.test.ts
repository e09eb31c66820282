import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/store/data-source.js';
import { databases, seedOrganization, seedUser } from './open-test-database.js';

const parts = async ({ sql }: Database) =>
  (await sql.all('SELECT * FROM user_parts')).map((row) => JSON.stringify(row)).sort();

describe.each(databases)('the parts that a search looks for, on $name', ({ open }) => {
  test('the migration makes them for those who are there already, as they are made for who comes', async () => {
    const { database, remove } = await open();
    const { id: organizationId } = await seedOrganization(database);
    // More than the migration takes at once.
    await database.transaction(async () => {
      for (let i = 0; i < 230; i++) {
        const named = { name: `Zoë ${String(i)} 🙂 Ångström`, email: `zoe-${String(i)}@test.example` };
        await seedUser(database, { organizationId, ...named });
      }
    });
    const made = await parts(database);
    const has = async () =>
      (await database.migrationHistory()).done.some((name) => name.startsWith('Growth'));
    while (await has()) await database.undoNewestMigration();
    await expect(parts(database)).rejects.toThrow();
    await database.migrate();
    expect(await parts(database)).toEqual(made);
    expect(made.length).toBeGreaterThan(230 * 30);

    // As where it was cut short after some of them.
    await database.sql.run("DELETE FROM user_parts WHERE part LIKE '%a%'");
    await database.sql.run("DELETE FROM migrations WHERE name LIKE 'Growth%'");
    await database.migrate();
    expect(await parts(database)).toEqual(made);
    await remove();
  });

  test('go with the user: nothing of a name is left', async () => {
    const { database, remove } = await open();
    const { id: organizationId } = await seedOrganization(database);
    const [one, other] = [
      await seedUser(database, { organizationId, name: 'Olivia' }),
      await seedUser(database, { organizationId, name: 'Noah' }),
    ];
    await database.sql.run('DELETE FROM users WHERE id = ?', [one.id]);
    const left = await database.sql.all<{ user_id: string }>('SELECT DISTINCT user_id FROM user_parts');
    expect(left.map(({ user_id }) => user_id)).toEqual([other.id]);
    await remove();
  });
});
