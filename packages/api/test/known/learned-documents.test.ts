import { SECOND } from '@twofold/core/ports';
import type { GraphQLRequestContext } from '@apollo/server';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphContext } from '../../src/graph/graph-context.js';
import { createSchema } from '../../src/graph/schema.js';
import { compileKnown } from '../../src/http/graphql/known/compile-known.js';
import { learnedDocuments } from '../../src/http/graphql/known/learned-documents.js';
import { openSqlite } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';

type Variables = Record<string, unknown>;

/** What programs of others send, each with some variables: right ones, wrong ones, and none. */
const documents: readonly [text: string, ...variables: Variables[]][] = [
  ['{ viewer { id email name } }', {}],
  [
    'query Mine { me: viewer { mail: email ...more } } fragment more on User { organization { name } role }',
    {},
  ],
  [
    '{ viewer { __typename ... on User { twoFactorEnabled twoFactorMethod } } session { scope expiresAt } }',
    {},
  ],
  ['{ users { nodes { name } } }', {}],
  ['{ users(first: 2, orderBy: { field: EMAIL, direction: DESC }) { edges { cursor node { email } } } }', {}],
  [
    '{ users(first: 2, orderBy: { field: LAST_SIGN_IN_AT }) { totalCount nodes { createdAt lastSignInAt } } }',
    {},
  ],
  [
    '{ few: users(first: 1) { nodes { id } } many: users(first: 3) { nodes { id } pageInfo { hasNextPage } } }',
    {},
  ],
  [
    'query Some($first: Int, $search: String) { users(first: $first, search: $search) { nodes { id name } } }',
    { first: 2 },
    { first: 2, search: 'mia' },
    {},
    { first: null },
  ],
  [
    'query Some($first: Int! = 2) { users(first: $first) { nodes { id email } totalCount } }',
    {},
    { first: 1 },
    { first: 0 },
    { first: 'x' },
  ],
  [
    'query Ordered($by: UserOrder!) { users(orderBy: $by) { nodes { name } } }',
    { by: { field: 'EMAIL', direction: 'DESC' } },
    { by: {} },
    { by: { field: 'NOPE' } },
    {},
  ],
  [
    'query Ordered($field: UserOrderField!) { users(orderBy: { field: $field, direction: DESC }) { nodes { name } } }',
    { field: 'NAME' },
    { field: 'EMAIL' },
    { field: 7 },
  ],
  [
    'query One($id: ID!) { user(id: $id) { id name } }',
    { id: 'nobody' },
    { id: 7 },
    { id: null },
    { id: [] },
  ],
  [
    'query Log($filter: AuditEventFilter! = { action: SIGN_IN }) { auditEvents(filter: $filter, first: 2) { nodes { action outcome method } } }',
    {},
    { filter: {} },
    { filter: { action: 'SIGN_IN', succeeded: true } },
    { filter: { since: 'yesterday' } },
  ],
  [
    'query Log($since: DateTime) { auditEvents(filter: { since: $since, succeeded: true }, first: 1) { nodes { action } } }',
    { since: '2020-01-01T00:00:00Z' },
    {},
    { since: 12 },
  ],
  [
    '{ twoFactorSettings { __typename ... on Problem { code message } ... on TwoFactorSettings { method } } }',
    {},
  ],
  ['{ users(first: 1000) { nodes { id } } viewer { id } }', {}],
  [
    'mutation Confirm($password: String!) { confirmPassword(input: { password: $password }) { ... on Problem { code field } ... on PasswordConfirmed { __typename } } }',
    { password: PASSWORD },
    { password: '' },
    {},
  ],
  [
    'mutation Verify($input: VerifyTwoFactorCodeInput!) { verifyTwoFactorCode(input: $input) { __typename ... on Problem { code } } }',
    { input: { challengeToken: 'x', code: '123456' } },
    { input: { challengeToken: 'x' } },
    { input: { challengeToken: 'x', code: '123456', method: 'NOPE' } },
  ],
];

/** Counts a document as Apollo does when it executes one. */
async function executed(learned: ReturnType<typeof learnedDocuments>, text: string): Promise<void> {
  const listener = await learned.plugin.requestDidStart?.({} as GraphQLRequestContext<GraphContext>);
  await listener?.executionDidStart?.({ source: text, document: parse(text) } as never);
}

describe('what is learned', () => {
  it.each(documents)('%s compiles, and is learned by the fifth time', async (text) => {
    expect(() => compileKnown(createSchema(), parse(text))).not.toThrow();
    const learned = learnedDocuments(() => 0);
    for (let times = 1; times < 5; times++) await executed(learned, text);
    expect(learned.get(text)).toBeNull();
    await executed(learned, text);
    expect(learned.get(text)).not.toBeNull();
  });

  it.each([
    ['two operations', 'query A { viewer { id } } query B { viewer { id } }'],
    ['two mutations', 'mutation { signOut { __typename } again: signOut { __typename } }'],
    ['mutations in a fragment', 'mutation { ... on Mutation { signOut { __typename } } }'],
    ['questions about the schema', '{ viewer { id } __schema { types { name } } }'],
    [
      'conditions, which graphql-jit gets wrong on fragments',
      'query($a: Boolean!) { viewer { id ...F @include(if: $a) ...F } } fragment F on User { name }',
    ],
    ['what is very long', `{ viewer { id } } #${'x'.repeat(9_000)}`],
  ])('%s: never', async (_what, text) => {
    const learned = learnedDocuments(() => 0);
    for (let times = 0; times < 20; times++) await executed(learned, text);
    expect(learned.get(text)).toBeNull();
  });

  it('threat: ever new documents cost one compilation a second, and no more memory than four thousand fields', async () => {
    let now = 0;
    const learned = learnedDocuments(() => now);
    const fields = Array.from({ length: 98 }, (_, at) => `f${String(at)}: name`).join(' ');
    const text = (number: number) => `query Q${String(number)} { viewer { ${fields} id } }`;
    const often = async (number: number) => {
      for (let times = 0; times < 5; times++) await executed(learned, text(number));
    };
    await often(0);
    await often(1);
    expect([learned.get(text(0)) !== null, learned.get(text(1))]).toEqual([true, null]);
    for (let number = 1; number <= 60; number++) {
      now += SECOND;
      await often(number);
      // What is asked for stays.
      expect(learned.get(text(0))).not.toBeNull();
    }
    const kept = Array.from({ length: 61 }, (_, number) => learned.get(text(number)) !== null);
    expect(kept.filter(Boolean)).toHaveLength(40);
    expect(kept[1]).toBe(false);
  });

  it('threat: a small document that unfolds to thousands of fields is never compiled', async () => {
    const aliases = Array.from({ length: 56 }, (_, at) => `a${String(at)}: isViewer`).join(' ');
    const roots = Array.from({ length: 100 }, (_, at) => `b${String(at)}: viewer { ...F }`).join(' ');
    const bomb = `{ ${roots} } fragment F on User { ${aliases} }`;
    const learned = learnedDocuments(() => 0);
    for (let times = 0; times < 20; times++) await executed(learned, bomb);
    expect(learned.get(bomb)).toBeNull();
  });

  it('does not end where the clock is set back', async () => {
    let now = 1_000 * SECOND;
    const learned = learnedDocuments(() => now);
    for (let times = 0; times < 5; times++) await executed(learned, '{ viewer { id } }');
    now = 0;
    for (let times = 0; times < 5; times++) await executed(learned, '{ viewer { name } }');
    expect(learned.get('{ viewer { name } }')).not.toBeNull();
  });

  it('what turns out not to compile is Apollo’s for good', async () => {
    const learned = learnedDocuments(() => 0);
    const text = '{ viewer { id } }';
    for (let times = 0; times < 5; times++) await executed(learned, text);
    learned.refuse(text);
    for (let times = 0; times < 20; times++) await executed(learned, text);
    expect(learned.get(text)).toBeNull();
  });
});

describe('a document that was learned', () => {
  let scene: Scene;
  let token: string;
  beforeAll(async () => {
    scene = await openScene(openSqlite);
    const { email } = await scene.signage.user({ email: 'mia@learned.example', name: 'Mia', role: 'ADMIN' });
    for (const name of ['Noah', 'Olivia', 'Adam']) await scene.signage.user({ name });
    const signIn = `mutation { signIn(input: { email: "${email}", password: "${PASSWORD}", transport: BEARER }) { ... on SignedIn { sessionToken } } }`;
    const { body } = await send(signIn);
    token = (JSON.parse(body) as { data: { signIn: { sessionToken: string } } }).data.signIn.sessionToken;
  });
  afterAll(() => scene.close());

  async function send(query: string, variables?: Variables) {
    const response = await fetch(`${scene.service.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
    const body = (await response.text()).replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'ID');
    return {
      status: response.status,
      headers,
      body: body.replace(/("at":|Until":|expiresAt":)"[^"]+"/g, '$1"TIME"'),
    };
  }

  it.each(documents)('is answered as before: %s', async (text, ...variables) => {
    // In the log of attempts each confirmation is a line more; nothing else changes between the first time and the last.
    const asBefore = [];
    for (const one of variables) asBefore.push(await send(text, one));
    for (let times = 0; times < 6; times++) await send(text, variables[0]);
    scene.service.clock.advance(SECOND);
    await send(text, variables[0]);
    const afterwards = [];
    for (const one of variables) afterwards.push(await send(text, one));
    expect(afterwards).toEqual(asBefore);
  });
});
