import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArgon2Hasher } from '../../src/adapters/passwords/argon2-hasher.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { databases } from '../databases/open-test-database.js';
import { openService } from '../harness/open-service.js';
import { documentOf, runHere, startCli } from './cli-scene.js';

describe.each(databases)('demo seed, on $name', ({ open }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.remove());
  const count = async (table: string) => {
    const [row] = await database.database.sql.all<{ total: number }>(
      `SELECT COUNT(*) AS total FROM ${table}`,
    );
    return row?.total ?? 0;
  };

  it('adds an organisation of its own with every state, whose owner signs in; a second run adds another', async () => {
    const first = await runHere(database, 'demo', 'seed', '--users', '210', '--json');
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('210 of 210') });
    const { owner, password } = documentOf(first) as { owner: string; password: string };
    const service = await openService(database, { outside: { hasher: createArgon2Hasher() } });
    const client = service.client();
    expect(await client.signIn(owner, password)).toMatchObject({ viewer: { role: 'OWNER' } });
    const { data } = await client.send(`{
      all: users(first: 1) { totalCount }
      protected: users(first: 1, twoFactorEnabled: true) { totalCount }
    }`);
    expect(data).toEqual({ all: { totalCount: 210 }, protected: { totalCount: 140 } });
    await service.close();
    expect((await runHere(database, 'demo', 'seed', '--users', '10')).code).toBe(0);
    expect([await count('organizations'), await count('users')]).toEqual([2, 220]);
  });

  it('Ctrl-C ends it between two batches: what was made stays whole, and the exit code says so', async () => {
    const before = await count('users');
    const seeding = startCli({ url: database.url }, 'demo', 'seed', '--users', '100000');
    await seeding.said('400 of 100000');
    seeding.kill('SIGINT');
    expect(await seeding.ended).toMatchObject({ code: 130, stdout: '' });
    const made = (await count('users')) - before;
    expect(made).toBeGreaterThanOrEqual(400);
    expect(made % 200).toBe(0);
    const orphans = 'SELECT id FROM users WHERE organization_id NOT IN (SELECT id FROM organizations)';
    expect(await database.database.sql.all(orphans)).toEqual([]);
  });

  it.each([
    ['a wrong key', { ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 9).toString('base64')}` }, '10', 3],
    ['too few', {}, '9', 2],
    ['too many', {}, '100001', 2],
    ['no number', {}, 'many', 2],
  ])('threat: %s adds nobody', async (_, environment, users, code) => {
    const before = await count('users');
    const answered = await runHere({ url: database.url, environment }, 'demo', 'seed', '--users', users);
    expect(answered.code).toBe(code);
    expect(await count('users')).toBe(before);
  });
});

it('in production, where all else is in order, it is refused before anything is opened', async () => {
  const environment = {
    APP_ENV: 'production',
    SMS_DRIVER: 'messagebird',
    MESSAGEBIRD_ACCESS_KEY: 'key',
    SMS_ORIGINATOR: 'Twofold',
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'a@a.example',
    PUBLIC_URL: 'https://a.example',
  };
  const answered = await runHere(
    { url: 'mariadb://127.0.0.1:1/x', environment },
    'demo',
    'seed',
    '--users',
    '10',
  );
  expect(answered).toMatchObject({ code: 3, stderr: 'There is no demo in production.\n' });
});
