import { VerifyTwoFactorCodeDocument } from '@twofold/contract/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArgon2Hasher } from '../../src/adapters/passwords/argon2-hasher.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';
import { PASSWORD } from '../harness/password.js';
import { ended } from '../harness/scene.js';
import { documentOf, runCliProcess, runHere } from './cli-scene.js';

const ACTIVITY = `{ auditEvents(first: 10) { nodes { action outcome address device } } }`;

describe.each(databases)('an operator and accounts, on $name', ({ open }) => {
  let database: TestDatabase;
  let service: TestService;
  const cli = (...words: string[]) =>
    runHere({ url: database.url, mailer: service.outbox.mailer, stdin: `${PASSWORD}\n` }, ...words);
  const create = (email: string, ...words: string[]) =>
    cli('user', 'create', email, '--name', 'Mia Lindqvist', '--organization', 'Demo Signage', ...words);
  beforeAll(async () => {
    database = await open();
    service = await openService(database, { outside: { hasher: createArgon2Hasher() } });
  });
  afterAll(async () => {
    await service.close();
    await database.remove();
  });

  async function signedIn(email: string): Promise<Client> {
    const client = service.client();
    // The commands go by the clock of the machine.
    service.clock.set(Date.now());
    expect(await client.signIn(email)).toMatchObject({ __typename: 'SignedIn' });
    return client;
  }
  const viewer = async (client: Client) =>
    (await client.send('{ viewer { email } }')).errors?.[0]?.extensions.code ?? 'SIGNED_IN';

  it('the first day: an organisation and its owner, with the password from a pipe, who signs in', async () => {
    const words = ['--name', 'Olivia Hart', '--role', 'OWNER', '--organization', 'Demo Signage'];
    const created = await runCliProcess(
      { url: database.url, stdin: `${PASSWORD}\n` },
      ...['user', 'create', ' Olivia@Demo.example', ...words, '--new-organization', '--json'],
    );
    expect(created).toMatchObject({ code: 0, stderr: expect.stringContaining('OWNER of Demo Signage') });
    expect(documentOf(created)).toMatchObject({
      email: 'olivia@demo.example',
      role: 'OWNER',
      organization: { name: 'Demo Signage' },
    });
    expect(created.stdout + created.stderr).not.toContain(PASSWORD);
    const olivia = await signedIn('olivia@demo.example');
    expect((await olivia.send(ACTIVITY)).data).toMatchObject({
      auditEvents: {
        nodes: [{ action: 'SIGN_IN' }, { action: 'CREATE_USER', outcome: 'DONE', address: null }],
      },
    });
  });

  it.each([
    ['a weak password', { stdin: 'password1234' }, [], 3, 'too easy to guess'],
    ['a password with the own name in it', { stdin: 'mialindqvist1' }, [], 3, 'too easy to guess'],
    ['no password', { stdin: '' }, [], 3, 'the only line'],
    ['two lines', { stdin: `${PASSWORD}\nmore` }, [], 3, 'the only line'],
    ['an unknown organisation', {}, ['--organization', 'Nowhere'], 3, 'no such organisation'],
    ['an organisation that is there already', {}, ['--new-organization'], 3, 'already'],
    ['a role that there is not', {}, ['--role', 'KING'], 2, 'Allowed choices'],
    ['a name of two lines', {}, ['--name', 'Mia\nhttps://evil.example'], 2, 'one line'],
    ['a password among the words', {}, ['--password', PASSWORD], 2, "unknown option '--password'"],
  ])('refuses %s, and adds nobody', async (_, given, more, code, sentence) => {
    const answered = await runHere(
      { url: database.url, stdin: `${PASSWORD}\n`, ...given },
      ...['user', 'create', 'mia@demo.example', '--name', 'Mia Lindqvist'],
      ...['--organization', 'Demo Signage', ...more],
    );
    expect(answered).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(sentence) });
    expect((await cli('user', 'deactivate', 'mia@demo.example')).stderr).toContain('no user with this email');
  });

  it('refuses what is no email, and an email that somebody has', async () => {
    for (const email of ['mia', 'mia@demo.example, eve@evil.example', '"mia"@demo.example'])
      expect(await create(email)).toMatchObject({ code: 2, stderr: expect.stringContaining('not an email') });
    expect((await create('mia@demo.example')).code).toBe(0);
    expect(await create('MIA@demo.example')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('this email already'),
    });
  });

  it('a reset: factors, pending sign-ins and sessions are gone, the owner is told, and it is a line of the log', async () => {
    const mia = await signedIn('mia@demo.example');
    const { app } = await mia.enableApp(() => service.clock.now());
    service.clock.advance(30_000);
    const pending = service.client();
    const { challengeToken } = await pending.challenge('mia@demo.example');
    const mails = service.outbox.mails.length;

    const reset = await cli('user', 'reset-2fa', 'mia@demo.example', '--json');
    expect(documentOf(reset)).toEqual({
      email: 'mia@demo.example',
      twoFactorEnabled: false,
      endedSessions: 1,
    });
    expect(await viewer(mia)).toBe('UNAUTHENTICATED');
    const input = { challengeToken, code: app.code() };
    expect(await ended(pending, VerifyTwoFactorCodeDocument, { input })).toBe('CHALLENGE_EXPIRED');
    for (const table of ['two_factors', 'factors', 'setups', 'challenges'])
      expect(await database.database.sql.all(`SELECT * FROM ${table}`), table).toEqual([]);
    expect(service.outbox.mails.slice(mails)).toEqual([
      expect.objectContaining({
        to: 'mia@demo.example',
        subject: 'Two-factor authentication was reset',
        text: expect.stringMatching(/\/not-me#\S{43}\n/) as unknown,
      }),
    ]);
    const plain = await signedIn('mia@demo.example');
    const { data } = await plain.send<{ auditEvents: { nodes: object[] } }>(ACTIVITY);
    expect(data?.auditEvents.nodes).toContainEqual({
      action: 'RESET_TWO_FACTOR',
      outcome: 'DONE',
      address: null,
      device: expect.stringMatching(/^twofold-cli, operator ./),
    });
    const sofar = service.outbox.mails.length;
    const again = await cli('user', 'reset-2fa', 'mia@demo.example');
    expect(again).toMatchObject({ code: 3, stderr: expect.stringContaining('off for mia@demo.example') });
    expect(service.outbox.mails).toHaveLength(sofar);
  });

  it('a deactivated user is out at once, and a session of before does not come back with the user', async () => {
    const mia = await signedIn('mia@demo.example');
    expect(await cli('user', 'deactivate', 'mia@demo.example')).toMatchObject({
      code: 0,
      stdout: 'mia@demo.example is deactivated. Sessions ended: 2.\n',
    });
    expect(await viewer(mia)).toBe('UNAUTHENTICATED');
    const refused = await service.client().signIn('mia@demo.example');
    expect(refused).toMatchObject({ __typename: 'Problem', code: 'INVALID_CREDENTIALS' });
    expect((await cli('user', 'reactivate', 'mia@demo.example')).code).toBe(0);
    expect(await viewer(mia)).toBe('UNAUTHENTICATED');
    await signedIn('mia@demo.example');
  });

  it('threat: a sign-in that ended while the user was deactivated: its session stays dead afterwards', async () => {
    const mia = await signedIn('mia@demo.example');
    await database.database.sql.run("UPDATE users SET disabled_at = 1 WHERE email = 'mia@demo.example'");
    expect(await viewer(mia)).toBe('UNAUTHENTICATED');
    await cli('user', 'reactivate', 'mia@demo.example');
    expect(await viewer(mia)).toBe('UNAUTHENTICATED');
  });

  it('all of it is in the chain of the audit log', async () => {
    await cli('audit', 'trim', '--older-than', '999');
    expect(documentOf(await cli('audit', 'verify', '--json'))).toMatchObject({ whole: true });
    const rows = await database.database.sql.all<{ action: string; total: number }>(
      "SELECT action, COUNT(*) AS total FROM audit_events WHERE device LIKE 'twofold-cli%' GROUP BY action ORDER BY action",
    );
    expect(rows.map(({ action, total }) => [action, total])).toEqual([
      ['CREATE_USER', 2],
      ['DEACTIVATE_USER', 1],
      ['REACTIVATE_USER', 2],
      ['RESET_TWO_FACTOR', 2],
    ]);
  });
});
