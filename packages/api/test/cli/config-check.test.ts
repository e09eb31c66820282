import { existsSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/data-source.js';
import { documentOf, runCliProcess, runHere, temporaryFolder } from './cli-scene.js';
import { emptyDatabases } from './empty-database.js';

/** A server that says hello and answers each line by its first word; without answers it is silent. */
async function fakeServer(hello: string, answers: Readonly<Record<string, string>> | null) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (answers === null) return;
    if (hello !== '') socket.write(`${hello}\r\n`);
    socket.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\r\n')) {
        const answer = answers[line.split(' ')[0]?.toUpperCase() ?? ''];
        if (answer !== undefined) socket.write(`${answer}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    host: `127.0.0.1:${port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const secrets = {
  MESSAGEBIRD_ACCESS_KEY: 'carrier-secret',
  SMS_ORIGINATOR: 'Twofold',
  MAIL_FROM: 'Twofold <no-reply@dashboard.example>',
};

describe('config check', () => {
  const folder = temporaryFolder();
  const open: { close(): void }[] = [];
  afterAll(() => {
    for (const server of open) server.close();
    folder.remove();
  });
  const serve = async (...given: Parameters<typeof fakeServer>) => {
    const server = await fakeServer(...given);
    open.push(server);
    return server.host;
  };
  const smtp = () =>
    serve('220 test', { EHLO: '250-test\r\n250 AUTH PLAIN', AUTH: '235 welcome', QUIT: '221 bye' });
  const redis = () =>
    serve('', { AUTH: '+OK', INFO: '$15\r\nredis_version:7', PING: '+PONG', CLIENT: '+OK' });

  it('all in order: says what the settings are and what was reached, and shows nothing secret', async () => {
    const file = folder.file('twofold.sqlite');
    const database = await openDatabase(`sqlite:${file}`);
    await database.migrate();
    await database.close();
    const environment = {
      ...secrets,
      SMS_DRIVER: 'messagebird',
      SMTP_URL: `smtp://mail-user:mail-secret@${await smtp()}?ignoreTLS=true`,
      REDIS_URL: `redis://redis-user:redis-secret@${await redis()}`,
    };
    const answered = await runCliProcess({ url: `sqlite:${file}`, environment }, 'config', 'check');
    expect(answered.stdout).toMatch(/^ENCRYPTION_KEYS +test$/m);
    expect(answered.stdout).toMatch(/^SMTP_URL +smtp:\/\/127\.0\.0\.1:\d+$/m);
    for (const name of ['database', 'keys', 'Redis', 'SMTP'])
      expect(answered.stdout, answered.stdout).toMatch(new RegExp(`^ok +${name}: `, 'm'));
    expect(answered.code).toBe(0);
    expect(answered.stdout + answered.stderr).not.toMatch(/secret|mail-user|redis-user|:[A-Za-z0-9+/]{42}/);
  });

  it('a database that is not there yet is not made', async () => {
    const file = folder.file('not-yet.sqlite');
    const answered = await runHere({ url: `sqlite:${file}` }, 'config', 'check');
    expect(answered).toMatchObject({ code: 0, stdout: expect.stringContaining('the first start makes it') });
    expect(existsSync(file)).toBe(false);
  });

  it('what refuses, is silent or is not there is a fault each, within its time, without a secret', async () => {
    const environment = {
      ...secrets,
      SMTP_URL: `smtp://mail-user:mail-secret@${await serve('220 test', { EHLO: '250-test\r\n250 AUTH PLAIN', AUTH: '535 no mail-user here' })}?ignoreTLS=true`,
      REDIS_URL: `redis://redis-user:redis-secret@${await serve('', null)}`,
      DATABASE_REPLICA_URLS: 'mariadb://copy-user:copy-secret@127.0.0.1:1/twofold',
    };
    const started = performance.now();
    const answered = await runHere(
      { url: 'mariadb://db-user:db-secret@127.0.0.1:1/twofold', environment },
      ...['config', 'check', '--json'],
    );
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(answered.code).toBe(1);
    const { connections } = documentOf(answered) as { connections: object[] };
    expect(connections).toEqual([
      { name: 'database', ok: false, detail: 'mariadb://127.0.0.1:1/twofold is out of reach (ECONNREFUSED)' },
      { name: 'replica', ok: false, detail: expect.stringContaining('at mariadb://127.0.0.1:1/twofold') },
      { name: 'Redis', ok: false, detail: expect.stringMatching(/^it does not answer as it should \(/) },
      { name: 'SMTP', ok: false, detail: 'it does not take mail (EAUTH, it said 535)' },
    ]);
    expect(answered.stdout + answered.stderr).not.toMatch(/secret|-user/);
  });

  it('bad settings: every fault at once, as the start would have them, and no value', async () => {
    const environment = { APP_ENV: 'production', SMS_DRIVER: 'pigeon', PORT: 'eighty', SMTP_UR: 'x' };
    const answered = await runHere({ environment }, 'config', 'check', '--json');
    expect(answered.code).toBe(4);
    const { error } = documentOf(answered) as { error: { code: string; faults: string[] } };
    expect(error.code).toBe('SETTINGS_FAULTY');
    const faults = error.faults.join('\n');
    for (const name of ['SMS_DRIVER must', 'PORT must', 'SMTP_UR is not', 'SMTP_URL is required'])
      expect(faults).toContain(name);
    expect(faults).not.toMatch(/pigeon|eighty/);
  });
});

describe.each(emptyDatabases)('config check and keys, on $name', ({ make }) => {
  let database: Awaited<ReturnType<typeof make>>;
  beforeAll(async () => {
    database = await make();
  });
  afterAll(() => database.remove());

  it('tells what is pending, and whether the keys are those of the database', async () => {
    await runHere(database, 'migrate', 'up');
    await runHere(database, 'demo', 'seed', '--users', '10');
    const fits = await runHere(database, 'config', 'check');
    expect(fits.stdout).toMatch(/^ok +keys: they are those of the database$/m);
    const ENCRYPTION_KEYS = `other:${Buffer.alloc(32, 5).toString('base64')}`;
    const wrong = await runHere({ ...database, environment: { ENCRYPTION_KEYS } }, 'config', 'check');
    expect(wrong).toMatchObject({ code: 1, stdout: expect.stringMatching(/^FAULT +keys: .*lack "test"/m) });
    await runHere(database, 'migrate', 'down', '--yes');
    const behind = await runHere(database, 'config', 'check');
    expect(behind).toMatchObject({ code: 0, stdout: expect.stringMatching(/the start migrates it \(/) });
  });
});
