import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountsDialect } from '../src/contestants/accounts/dialect.js';
import { betterAuthDialect } from '../src/contestants/better-auth/dialect.js';
import type { Dialect } from '../src/contestants/contestant.js';
import { WrongAnswer } from '../src/contestants/contestant.js';
import { floorEncoding, graphqlEncoding, twofoldDialect } from '../src/contestants/twofold/dialect.js';
import { anyTexts } from '../src/contestants/twofold/documents.js';
import type { Connection } from '../src/load/connection.js';
import { openConnection } from '../src/load/connection.js';
import { person } from '../src/people.js';

const other = person(2);
const problem = { __typename: 'Problem', code: 'INVALID_CREDENTIALS' };
/** Well-formed answers, each of them wrong: a refusal, or the data of somebody else. */
const wrong = [
  {},
  { data: null, errors: [{ message: 'no' }] },
  { data: { signIn: problem, verifyTwoFactorCode: problem, viewer: null, users: null } },
  {
    data: {
      signIn: { __typename: 'SignedIn', sessionToken: 'x', viewer: other },
      verifyTwoFactorCode: { __typename: 'SignedIn', sessionToken: 'x', viewer: other },
      viewer: other,
      users: { nodes: [other], pageInfo: { hasNextPage: false }, totalCount: 1 },
      authenticate: { tokens: { accessToken: 'x' }, user: { emails: [{ address: other.email }] } },
      getUser: { emails: [{ address: other.email }] },
    },
    ...{ user: other, users: [other], total: 2, twoFactorRedirect: false, code: 'OTHER' },
  },
];

let answer: object = {};
const server = createServer((request, response) => {
  request.resume().on('end', () => response.end(JSON.stringify(answer)));
});
let connection: Connection;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  connection = await openConnection((server.address() as AddressInfo).port);
});

afterAll(() => {
  connection.close();
  server.close();
});

const dialects: readonly (readonly [string, Dialect])[] = [
  ['the floor', twofoldDialect(floorEncoding, 60, true)],
  ['Twofold', twofoldDialect(graphqlEncoding(anyTexts), 60, true)],
  ['better-auth', betterAuthDialect(60)],
  ['accounts-js', accountsDialect()],
];

describe.each(dialects)('a wrong answer of %s ends the run', (_name, dialect) => {
  const one = person(1);
  const asked: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['the first step', () => dialect.firstStep(connection, one)],
    ['the second step', () => dialect.secondStep(connection, one, 'challenge', '123456')],
    ['a wrong code', () => dialect.wrongCode(connection, one, 'challenge', '123456')],
    ['who am I', () => dialect.whoAmI(connection, one, 'session')],
    ...(dialect.usersPage ? [['a page', () => dialect.usersPage!(connection, 'session')] as const] : []),
  ];

  test.each(asked)('to %s', async (_what, ask) => {
    for (const each of wrong) {
      answer = each;
      await expect(ask()).rejects.toBeInstanceOf(WrongAnswer);
    }
  });
});
