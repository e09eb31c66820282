import { VerifyRecoveryCodeDocument, VerifyTwoFactorCodeDocument } from '@twofold/contract/graphql';
import { fixedClock } from '@twofold/core/testing/fixed-clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationNames, openDatabase } from '../../src/store/data-source.js';
import { App } from '../harness/client.js';
import { openService } from '../harness/open-service.js';
import { ended } from '../harness/scene.js';
import { documentOf, runCliProcess, runHere, startCli } from './cli-scene.js';
import type { EmptyDatabase } from './empty-database.js';
import { emptyDatabases } from './empty-database.js';
import { makeReleaseBefore, MIGRATIONS_BEFORE } from './release-before.js';

async function on<T>(url: string, work: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>) {
  const database = await openDatabase(url);
  return work(database).finally(() => database.close());
}

/** Each migration that has run, once, and what is wrong with the schema. */
const schemaOf = (url: string) =>
  on(url, async (database) => {
    const rows = await database.sql.all<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    const { upQueries } = await (await database.dataSource()).driver.createSchemaBuilder().log();
    return { run: rows.map(({ name }) => name), drift: upQueries.map(({ query }) => query) };
  });

describe.each(emptyDatabases)('migrate, on $name', ({ make }) => {
  let database: EmptyDatabase;
  beforeAll(async () => {
    database = await make();
  });
  afterAll(() => database.remove());
  const migrate = (...words: string[]) => runHere({ url: database.url }, 'migrate', ...words);

  it('two processes that start at once on an empty database: each migration runs once, and both end well', async () => {
    const both = await Promise.all(
      [1, 2].map(() => runCliProcess({ url: database.url }, 'migrate', 'up', '--json')),
    );
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.every(({ stderr }) => !/Error|at .*\.ts/.test(stderr))).toBe(true);
    expect(await schemaOf(database.url)).toEqual({ run: migrationNames, drift: [] });
  });

  it('status tells what has run, also what a newer version did', async () => {
    expect(documentOf(await migrate('status', '--json'))).toEqual({
      done: migrationNames,
      pending: [],
      unknown: [],
    });
    const insert = "INSERT INTO migrations (timestamp, name) VALUES (1999999999999, 'Future1999999999999')";
    await on(database.url, ({ sql }) => sql.run(insert));
    expect((await migrate('status')).stdout).toMatch(/^newer +Future1999999999999/m);
    expect(await migrate('down', '--yes')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('only that one can take it back'),
    });
    await on(database.url, ({ sql }) => sql.run("DELETE FROM migrations WHERE name LIKE 'Future%'"));
  });

  it('down tells what would be lost and does nothing, with --yes it does, step by step to the ground', async () => {
    const refused = await migrate('down');
    expect(refused).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('say --yes') });
    expect((await schemaOf(database.url)).run).toEqual(migrationNames);
    for (const name of [...migrationNames].reverse())
      expect(await migrate('down', '--yes')).toMatchObject({ code: 0, stdout: `Taken back: ${name}.\n` });
    expect((await migrate('down', '--yes')).stderr).toBe('No migration has run.\n');
    expect((await migrate('status')).stdout.match(/^pending/gm)).toHaveLength(migrationNames.length);
    expect((await migrate('up')).code).toBe(0);
    expect(await schemaOf(database.url)).toEqual({ run: migrationNames, drift: [] });
  });

  it('a migration that was killed half-way is finished by the next start', async () => {
    await on(database.url, async ({ sql }) => {
      await sql.run('DROP TABLE audit_checkpoints');
      await sql.run('DELETE FROM audit_chain');
      await sql.run("DELETE FROM migrations WHERE name LIKE 'AuditLog%' OR name LIKE 'KnownBrowsers%'");
      await sql.run('ALTER TABLE challenges DROP COLUMN browser_id');
    });
    expect((await migrate('up')).code).toBe(0);
    const { run, drift } = await schemaOf(database.url);
    expect([[...run].sort(), drift]).toEqual([[...migrationNames].sort(), []]);
  });
});

describe.each(emptyDatabases)('a database of the release before, on $name', ({ make }) => {
  it('is brought up to date, and everybody goes on: session, app, recovery code, audit log', async () => {
    const database = await make();
    const clock = fixedClock();
    const before = await makeReleaseBefore(database.url, clock.now());
    const pending = documentOf(await runHere(database, 'migrate', 'status', '--json'));
    expect(pending['pending']).toEqual(migrationNames.slice(MIGRATIONS_BEFORE));
    // What the older one has, no command of the newer one touches.
    expect(await runHere(database, 'audit', 'verify')).toMatchObject({
      code: 3,
      stderr: 'The database has to be migrated first: migrate up.\n',
    });
    expect((await runHere(database, 'migrate', 'up')).code).toBe(0);
    expect((await schemaOf(database.url)).drift).toEqual([]);

    const service = await openService({ ...database, name: '', database: await openDatabase(database.url) });
    const app = new App(before.secret, () => service.clock.now());
    const signedIn = service.client();
    signedIn.token = before.token;
    expect((await signedIn.send('{ viewer { email organization { name } } }')).data).toEqual({
      viewer: { email: before.plainEmail, organization: { name: 'Früher GmbH' } },
    });
    const client = service.client();
    const { challengeToken } = await client.challenge(before.email);
    const byApp = { input: { challengeToken, code: app.code() } };
    expect(await ended(client, VerifyTwoFactorCodeDocument, byApp)).toBe('SignedIn');
    const other = service.client();
    const second = await other.challenge(before.email);
    const byCode = { input: { challengeToken: second.challengeToken, recoveryCode: before.recoveryCode } };
    expect(await ended(other, VerifyRecoveryCodeDocument, byCode)).toBe('SignedIn');
    await service.close();

    await runHere(database, 'audit', 'trim', '--older-than', '9999');
    const verdict = documentOf(await runHere(database, 'audit', 'verify', '--json'));
    expect(verdict).toMatchObject({ whole: true, from: 1 });
    expect(verdict['lines']).toBeGreaterThanOrEqual(6);
    await database.remove();
  });

  it('and one release back again: the rows that it knew are as they were', async () => {
    const database = await make();
    const rows = () =>
      on(database.url, async ({ sql }) => ({
        users: await sql.all('SELECT id, email, name, name_key, last_sign_in_at FROM users ORDER BY id'),
        factors: await sql.all('SELECT * FROM factors'),
        sessions: await sql.all('SELECT id, token_hash, idle_expires_at FROM sessions'),
        audit: await sql.all('SELECT * FROM audit_events ORDER BY id'),
      }));
    await makeReleaseBefore(database.url, fixedClock().now());
    const before = await rows();
    expect(before.users).toHaveLength(2);
    await runHere(database, 'migrate', 'up');
    await on(database.url, ({ sql }) => sql.run('UPDATE users SET password_set_at = 7'));
    for (const name of migrationNames.slice(MIGRATIONS_BEFORE).reverse()) {
      const down = await runHere(database, 'migrate', 'down', '--yes');
      expect(down).toMatchObject({ code: 0, stdout: `Taken back: ${name}.\n` });
      if (name.startsWith('KnownBrowsers'))
        expect(down.stderr).toContain('2 moments at which a password was set');
    }
    expect(await rows()).toEqual(before);
    await database.remove();
  });
});

it('a database that is out of reach is named, without its password, and nothing is begun', async () => {
  const url = 'mariadb://operator:hidden-password@127.0.0.1:1/twofold';
  const answered = await startCli({ url }, 'migrate', 'up', '--json').ended;
  expect(answered).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('mariadb://127.0.0.1:1/twofold'),
  });
  expect(documentOf(answered)).toMatchObject({ error: { code: 'DATABASE_OUT_OF_REACH' } });
  expect(answered.stdout + answered.stderr).not.toMatch(/hidden-password|operator:/);
});
