import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service } from '@twofold/api/compose';
import { compose } from '@twofold/api/compose';
import { readConfig } from '@twofold/api/config';
import Database from '@twofold/sqlite';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Floor } from '../src/contestants/floor/floor.js';
import { keysOf } from '../src/contestants/floor/keys.js';
import { floorServer } from '../src/contestants/floor/listen.js';
import { sealLog } from '../src/contestants/floor/seal-log.js';
import { statementsOf } from '../src/contestants/floor/statements.js';
import type { Encoding } from '../src/contestants/twofold/dialect.js';
import { floorEncoding, graphqlEncoding } from '../src/contestants/twofold/dialect.js';
import type { Operation } from '../src/contestants/twofold/documents.js';
import { anyTexts, knownTexts } from '../src/contestants/twofold/documents.js';
import { seed } from '../src/database/seed.js';
import { passwordHasher } from '../src/hashing.js';
import type { Connection } from '../src/load/connection.js';
import { openConnection } from '../src/load/connection.js';
import { PASSWORD, person } from '../src/people.js';
import { codeOf, stepAt, wrongCodeAt } from '../src/totp.js';

const KEY = `bench-1:${Buffer.alloc(32, 7).toString('base64')}`;
const USERS = 60;
/** Has two-factor off. */
const PLAIN = person(USERS);

const folder = mkdtempSync(join(tmpdir(), 'twofold-floor-'));
const files = { product: join(folder, 'product.sqlite'), floor: join(folder, 'floor.sqlite') };
const closing: (() => unknown)[] = [];
let now = Date.now();
let floor: Floor;
let sides: Record<'floor' | 'product' | 'another', Ask>;

type Ask = (operation: Operation, variables: object, token?: string) => Promise<Answer>;
interface Answer {
  readonly status: number;
  readonly data: Record<string, Record<string, unknown> | null> | null | undefined;
}

beforeAll(async () => {
  const service = await openProduct();
  const passwordHash = await passwordHasher('out').hash(PASSWORD);
  seed({ file: files.product, users: USERS, passwordHash, keys: keysOf(KEY), now });
  inDatabase(files.product, (database) => {
    database.prepare('DELETE FROM two_factors WHERE user_id = ?').run(PLAIN.id);
    database.exec(
      `INSERT INTO audit_events (id, at, action, outcome) VALUES ('one-line', 1, 'SIGN_OUT', 'DONE')`,
    );
    database.pragma('wal_checkpoint(TRUNCATE)');
  });
  copyFileSync(files.product, files.floor);
  floor = {
    sql: statementsOf(files.floor),
    keys: keysOf(KEY),
    hasher: passwordHasher('out'),
    now: () => now,
    addresses: new Map(),
  };
  const address = await service.app.listen({ host: '127.0.0.1', port: 0 });
  const port = Number(new URL(address).port);
  sides = {
    floor: asking(await openConnection(await listen(floor)), floorEncoding),
    product: asking(await openConnection(port), graphqlEncoding({ ...anyTexts, ...knownTexts })),
    another: asking(await openConnection(port), graphqlEncoding(anyTexts)),
  };
});

afterAll(async () => {
  for (const close of closing.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

async function openProduct(): Promise<Service> {
  const config = readConfig(
    { DATABASE_URL: `sqlite:${files.product}`, ENCRYPTION_KEYS: KEY, DEMO_SEED: 'off', LOG_LEVEL: 'silent' },
    folder,
  );
  const outside = { clock: { now: () => now }, hasher: passwordHasher('out') };
  const service = await compose(config, pino({ level: 'silent' }), outside);
  closing.push(() => service.close());
  await service.prepare();
  return service;
}

async function listen(of: Floor): Promise<number> {
  const server = floorServer(of).listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function asking(connection: Connection, encode: Encoding): Ask {
  closing.push(() => connection.close());
  return async (operation, variables, token) => {
    const { status, body } = await connection.send(encode(operation, variables, token ?? null));
    return { status, data: (JSON.parse(body) as Answer).data };
  };
}

function inDatabase<T>(file: string, work: (database: Database) => T): T {
  const database = new Database(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** What is another one each time is compared by its length. */
function comparable(answer: Answer): unknown {
  return JSON.parse(JSON.stringify(answer), (name, value: unknown) => {
    if ((name === 'challengeToken' || name === 'sessionToken') && typeof value === 'string')
      return value.length;
    return name === 'session' && value !== null ? { ...(value as object), id: 'an id' } : value;
  });
}

/** Plays a story on both sides, holds that they answer the same at its end, and answers what that is. */
async function onBoth(story: (ask: Ask) => Promise<Answer>): Promise<Answer> {
  const [onFloor, onProduct] = [await story(sides.floor), await story(sides.product)];
  expect(comparable(onFloor)).toEqual(comparable(onProduct));
  return onProduct;
}

const signIn = (ask: Ask, email: string, password = PASSWORD) =>
  ask('SignIn', { input: { email, password, transport: 'BEARER' } });

async function challengeOf(ask: Ask, number: number): Promise<string> {
  return String((await signIn(ask, person(number).email)).data?.['signIn']?.['challengeToken']);
}

const verify = (ask: Ask, challengeToken: string, code: string) =>
  ask('VerifyTwoFactorCode', { input: { challengeToken, code } });

const codeNow = (number: number) => codeOf(person(number).secret, stepAt(now));

async function sessionOf(ask: Ask, number: number): Promise<string> {
  const { data } = await verify(ask, await challengeOf(ask, number), codeNow(number));
  return String(data?.['verifyTwoFactorCode']?.['sessionToken']);
}

const typeOf = ({ data }: Answer, field: string) => data?.[field]?.['__typename'];
const codeOfProblem = ({ data }: Answer, field: string) => data?.[field]?.['code'];

describe('the floor answers what the product answers', () => {
  test('W1: to the password of a user with two-factor on', async () => {
    const answer = await onBoth((ask) => signIn(ask, person(2).email));
    expect(typeOf(answer, 'signIn')).toBe('TwoFactorChallenge');
  });

  test('W1: to the password of a user without', async () => {
    const answer = await onBoth((ask) => signIn(ask, ` ${PLAIN.email.toUpperCase()} `));
    expect(typeOf(answer, 'signIn')).toBe('SignedIn');
  });

  test.each([
    ['a wrong password', person(3).email],
    ['an account that does not exist', 'nobody@bench.example'],
  ])('W1: to %s', async (_what, email) => {
    const answer = await onBoth((ask) => signIn(ask, email, 'not-this-one-at-all'));
    expect(codeOfProblem(answer, 'signIn')).toBe('INVALID_CREDENTIALS');
  });

  test('W2: to a right code, which is good once', async () => {
    const right = await onBoth(async (ask) => verify(ask, await challengeOf(ask, 4), codeNow(4)));
    expect(typeOf(right, 'verifyTwoFactorCode')).toBe('SignedIn');
    const again = await onBoth(async (ask) => verify(ask, await challengeOf(ask, 4), codeNow(4)));
    expect(codeOfProblem(again, 'verifyTwoFactorCode')).toBe('INVALID_CODE');
  });

  test('W2: to a code of the step before, and to a challenge that was used', async () => {
    const drifted = codeOf(person(5).secret, stepAt(now) - 1);
    const answer = await onBoth(async (ask) => {
      const challenge = await challengeOf(ask, 5);
      expect(typeOf(await verify(ask, challenge, drifted), 'verifyTwoFactorCode')).toBe('SignedIn');
      return verify(ask, challenge, codeNow(5));
    });
    expect(codeOfProblem(answer, 'verifyTwoFactorCode')).toBe('CHALLENGE_EXPIRED');
  });

  test('W6: to a wrong code, to the eleventh in a row, and after the lock', async () => {
    const wrong = () => wrongCodeAt(person(6).secret, now);
    const first = await onBoth(async (ask) => verify(ask, await challengeOf(ask, 6), wrong()));
    expect(codeOfProblem(first, 'verifyTwoFactorCode')).toBe('INVALID_CODE');
    const eleventh = await onBoth(async (ask) => {
      const challenge = await challengeOf(ask, 6);
      for (let count = 2; count <= 10; count++) await verify(ask, challenge, wrong());
      return verify(ask, challenge, codeNow(6));
    });
    expect(codeOfProblem(eleventh, 'verifyTwoFactorCode')).toBe('TOO_MANY_ATTEMPTS');
    now += 16 * 60_000;
    const late = await onBoth(async (ask) => verify(ask, await challengeOf(ask, 6), codeNow(6)));
    expect(typeOf(late, 'verifyTwoFactorCode')).toBe('SignedIn');
  });

  test('W3: to who am I, also when the session is used a minute later', async () => {
    const sessions = { floor: await sessionOf(sides.floor, 7), product: await sessionOf(sides.product, 7) };
    const sessionAt = (ask: Ask) => (ask === sides.floor ? sessions.floor : sessions.product);
    for (const later of [0, 90_000]) {
      now += later;
      const answer = await onBoth((ask) => ask('Viewer', {}, sessionAt(ask)));
      expect(answer.data?.['viewer']?.['email']).toBe(person(7).email);
    }
  });

  test('W3: to a token that opens nothing', async () => {
    expect(await onBoth((ask) => ask('Viewer', {}, 'no-such-token'))).toMatchObject({ status: 401 });
  });

  test.each([1, 8])('W4: to the first page of users, as number %i sees it', async (number) => {
    for (const operation of ['Users', 'UsersWithoutTotal'] as const) {
      now += 90_000;
      const answer = await onBoth(async (ask) => ask(operation, { first: 50 }, await sessionOf(ask, number)));
      expect(answer.data?.['users']?.['nodes']).toHaveLength(50);
      expect(answer.data?.['users']?.['totalCount']).toBe(operation === 'Users' ? USERS : undefined);
    }
  });
});

test('the floor leaves the same rows behind', () => {
  const rowsOf = (file: string) =>
    inDatabase(file, (database) => ({
      lines: database
        .prepare(
          'SELECT action, outcome, user_id, organization_id, method, address, device FROM audit_events ORDER BY rowid',
        )
        .all(),
      limits: database.prepare('SELECT * FROM limits ORDER BY limit_key').all(),
      steps: database.prepare('SELECT id, used_step FROM factors ORDER BY id').all(),
      challenges: database
        .prepare('SELECT user_id, transport, keep_signed_in FROM challenges ORDER BY rowid')
        .all(),
      sessions: database
        .prepare(
          'SELECT user_id, keep_signed_in, browser_id, password_confirmed_until FROM sessions ORDER BY rowid',
        )
        .all(),
    }));
  const floors = rowsOf(files.floor);
  expect(floors).toEqual(rowsOf(files.product));
  expect(floors.lines.length).toBeGreaterThan(30);
  expect(floors.sessions.length).toBeGreaterThan(5);
});

test('the floor seals the audit log as the product does', async () => {
  sealLog(floor);
  const sealOf = (file: string) =>
    inDatabase(file, (database) =>
      database.prepare("SELECT position, seal FROM audit_events WHERE id = 'one-line'").get(),
    );
  await expect
    .poll(() => sealOf(files.product), { timeout: 10_000, interval: 200 })
    .toMatchObject({ position: 1 });
  expect(sealOf(files.floor)).toEqual(sealOf(files.product));
  const unsealed = inDatabase(files.floor, (database) =>
    database.prepare('SELECT COUNT(*) AS count FROM audit_events WHERE position IS NULL').get(),
  );
  expect(unsealed).toEqual({ count: 0 });
});

test('an operation gets the same answer by a known text and by any other', async () => {
  const token = await sessionOf(sides.product, 9);
  for (const operation of ['Viewer', 'Users'] as const) {
    const answer = await sides.product(operation, { first: 50 }, token);
    expect(answer.data).toBeTruthy();
    expect(await sides.another(operation, { first: 50 }, token)).toEqual(answer);
    expect(anyTexts[operation]).not.toBe(knownTexts[operation]);
  }
});
