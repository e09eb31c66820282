import { describe, expect, test } from 'vitest';
import { databases } from './open-test-database.js';

describe.each(databases)('the schema on $name', ({ open }) => {
  test('is after the migrations what the tables say', async () => {
    const { database, remove } = await open();
    const source = await database.dataSource();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    await remove();
  });

  test('drifts where a table changes without a migration', async () => {
    const { database, remove } = await open();
    await database.sql.run('ALTER TABLE limits ADD COLUMN forgotten bigint');
    const source = await database.dataSource();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.length).toBeGreaterThan(0);
    await remove();
  });

  test('has run every migration, and none twice', async () => {
    const { database, remove } = await open();
    expect(await database.pendingMigrations()).toEqual([]);
    await database.migrate();
    const names = (await database.sql.all<{ name: string }>('SELECT name FROM migrations')).map(
      ({ name }) => name,
    );
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
    await remove();
  });
});
