import { SignInDocument } from '@twofold/contract/graphql';
import { getIntrospectionQuery, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema, printSdl } from '../../src/graph/schema.js';
import { starterOperations } from '../../src/http/starter-operations.js';
import { databases } from '../databases/open-test-database.js';
import type { Answer, Client } from '../harness/client.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';
import type { Scene } from './scene.js';
import { openScene } from './scene.js';

const guess = (alias = '') => `${alias} confirmPassword(input: { password: "wrong" }) { __typename }`;
const repeat = (times: number, part: (index: number) => string) =>
  Array.from({ length: times }, (_, i) => part(i)).join(' ');

describe.each(databases)('operations, on $name', ({ open }) => {
  let scene: Scene;
  let owner: Client;
  let production: TestService;
  beforeAll(async () => {
    scene = await openScene(open);
    owner = (await scene.plainUser()).owner;
    const config = {
      environment: 'production' as const,
      publicUrl: 'https://dashboard.example',
      corsOrigins: ['https://app.example'],
    };
    production = await openService(scene.database, { sharing: scene.service, config });
  });
  afterAll(async () => {
    await production.close();
    await scene.close();
  });

  const post = (body: unknown, headers: Record<string, string> = {}, path = '/graphql') =>
    fetch(scene.service.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const get = (path: string, headers: Record<string, string> = {}, node = scene.service) =>
    fetch(node.url + path, { headers });
  const codeOf = async (query: string, extra: object = {}) => {
    const answer = await post({ query, ...extra }, { authorization: `Bearer ${owner.token ?? ''}` });
    const body = (await answer.json()) as Pick<Answer<unknown>, 'errors'>;
    return body.errors?.[0]?.extensions.code ?? 'data';
  };
  const failures = async () => {
    const rows = await scene.database.database.sql.all(
      "SELECT * FROM limits WHERE limit_key LIKE 'password:%'",
    );
    return JSON.stringify(rows);
  };

  describe('one guess an operation', () => {
    it.each([
      ['aliases', `mutation { ${guess('a:')} ${guess('b:')} }`],
      ['100 aliases', `mutation { ${repeat(100, (i) => guess(`a${String(i)}:`))} }`],
      [
        'two mutations',
        `mutation { ${guess()} disableTwoFactor(input: { password: "wrong" }) { __typename } }`,
      ],
      ['an inline fragment', `mutation { ${guess()} ... { ${guess('b:')} } }`],
      ['an inline fragment on a type', `mutation { ... on Mutation { ${guess('a:')} ${guess('b:')} } }`],
      ['a named fragment', `mutation { ${guess()} ...F } fragment F on Mutation { ${guess('b:')} }`],
      [
        'nested fragments',
        `mutation { ...F } fragment F on Mutation { ...G ...H } fragment G on Mutation { ${guess('a:')} } fragment H on Mutation { ...I } fragment I on Mutation { ${guess('b:')} }`,
      ],
      [
        'a directive that leaves one out',
        `mutation { ${guess()} b: confirmPassword(input: { password: "wrong" }) @skip(if: true) { __typename } }`,
      ],
    ])('%s: refused, and nothing is compared', async (_, query) => {
      const before = await failures();
      expect(await codeOf(query)).toBe('OPERATION_TOO_COMPLEX');
      expect(await failures()).toBe(before);
    });

    it('the operation that is run counts, not the others of its document', async () => {
      const query = `mutation One { ${guess()} } mutation Two { ${guess('a:')} ${guess('b:')} }`;
      expect(await codeOf(query, { operationName: 'One' })).toBe('data');
      expect(await codeOf(query, { operationName: 'Two' })).toBe('OPERATION_TOO_COMPLEX');
      expect(await codeOf(query)).toBe('BAD_USER_INPUT');
      expect(await codeOf(query, { operationName: 'Three' })).toBe('BAD_USER_INPUT');
    });

    it('a batch is refused', async () => {
      const before = await failures();
      for (const batch of [[{ query: `mutation { ${guess()} }` }], [], [[{ query: '{ __typename }' }]]]) {
        const answer = await post(batch, { authorization: `Bearer ${owner.token ?? ''}` });
        expect([answer.status, await answer.text()]).toEqual([
          400,
          expect.stringContaining('BAD_USER_INPUT'),
        ]);
      }
      expect(await failures()).toBe(before);
    });
  });

  describe('what an operation may cost', () => {
    const deep = (levels: number) =>
      `{ users { nodes { ${'... { '.repeat(levels - 3)} id ${'} '.repeat(levels - 3)} } } }`;

    it('a depth of 12 and no more', async () => {
      expect(await codeOf(deep(12))).toBe('data');
      expect(await codeOf(deep(13))).toBe('OPERATION_TOO_COMPLEX');
    });

    it('introspection is allowed, free, and the whole schema', async () => {
      const answer = await scene.service.client().send(getIntrospectionQuery());
      expect(answer.errors).toBeUndefined();
      expect(answer.text).toContain('verifyTwoFactorCode');
    });

    it('what the explorer opens with is not too long', async () => {
      expect(await codeOf(starterOperations('BEARER'), { operationName: 'Viewer' })).toBe('data');
    });

    it.each([
      [
        'literal pages',
        `{ ${repeat(60, (i) => `a${String(i)}: users(first: 100) { nodes { id email name } }`)} }`,
      ],
      [
        'pages by variable',
        `query($n: Int! = 100) { ${repeat(101, (i) => `a${String(i)}: users(first: $n) { totalCount }`)} }`,
      ],
      ['introspections', `{ ${repeat(101, (i) => `a${String(i)}: __schema { types { name } }`)} }`],
      ['a field 60,000 times', `{ viewer { ${'id '.repeat(60_000)} } }`],
      ['15,000 aliases', `{ ${repeat(15_000, (i) => `a${String(i)}:__typename`)} }`],
      ['a nesting of 80,000', '{a'.repeat(80_000)],
      ['10,000 operations', repeat(10_000, (i) => `query a${String(i)}{__typename}`)],
      [
        'a chain of 5,000 fragments',
        `{...F0} ${repeat(5_000, (i) => `fragment F${String(i)} on Query {...F${String(i + 1)}}`)} fragment F5000 on Query {__typename}`,
      ],
      [
        'fragments that double',
        `mutation {...F0} ${repeat(24, (i) => `fragment F${String(i)} on Mutation { ...F${String(i + 1)} ...F${String(i + 1)} }`)} fragment F24 on Mutation {__typename}`,
      ],
    ])('%s: refused before it runs, and quickly', { timeout: 5_000 }, async (_, query) => {
      const started = performance.now();
      expect(await codeOf(query)).toBe('OPERATION_TOO_COMPLEX');
      expect(performance.now() - started).toBeLessThan(1_000);
    });

    it('a document that does not parse says so and no more', async () => {
      for (const query of [
        '{',
        `{ user(id: ${'['.repeat(100_000)}`,
        '{ viewer { id } } secret-word',
        '\ud800',
      ]) {
        const answer = await scene.service.client().send(query);
        const [error] = answer.errors ?? [];
        expect([error?.message, error?.extensions.code]).toEqual([
          'The document does not parse as GraphQL.',
          'BAD_USER_INPUT',
        ]);
      }
      expect(await codeOf('fragment A on Query { ...A } { ...A }')).toBe('BAD_USER_INPUT');
    });

    it('a body over 256 KiB answers 413 with a code', async () => {
      const empty = JSON.stringify({ query: '{ __typename }', pad: '' });
      const body = (size: number) => empty.replace('""', `"${'x'.repeat(size - empty.length)}"`);
      expect(Buffer.byteLength(body(256 * 1024))).toBe(256 * 1024);
      expect((await post(body(256 * 1024))).status).toBe(200);
      const answer = await post(body(256 * 1024 + 1));
      const requestId = answer.headers.get('x-request-id');
      expect([answer.status, await answer.json()]).toEqual([
        413,
        {
          errors: [
            {
              message: 'The body is larger than 256 KiB.',
              extensions: { code: 'BAD_USER_INPUT', requestId },
            },
          ],
        },
      ]);
    });
  });

  describe('how an operation may come', () => {
    const mutation = 'mutation { signOut }';
    const simple = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''];

    it.each(simple)('a form or script of another site (%s) cannot send one', async (type) => {
      const { owner: victim } = await scene.plainUser();
      const authorization = `Bearer ${victim.token ?? ''}`;
      const answer = await fetch(`${scene.service.url}/graphql`, {
        method: 'POST',
        headers: { authorization, ...(type && { 'content-type': type }) },
        body: new TextEncoder().encode(JSON.stringify({ query: mutation })),
      });
      expect(answer.status >= 400 && answer.status < 500).toBe(true);
      expect(await answer.text()).toContain('BAD_USER_INPUT');
      expect((await victim.send('{ viewer { id } }')).errors).toBeUndefined();
    });

    it('GET: a query only with a header that forces a preflight, a mutation never', async () => {
      const path = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;
      expect((await get(path('{ __typename }'))).status).toBe(400);
      const preflighted = { 'apollo-require-preflight': '1' };
      expect((await get(path('{ __typename }'), preflighted)).status).toBe(200);
      const refused = await get(path(mutation), preflighted);
      expect([refused.status, await refused.text()]).toEqual([
        405,
        expect.stringContaining('BAD_USER_INPUT'),
      ]);
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const answer = await fetch(`${scene.service.url}/graphql`, { method, headers: preflighted });
        expect([method, answer.status]).toEqual([method, 404]);
      }
    });

    it('no other spelling of the path leads past a guard', async () => {
      const aliased = { query: `mutation { ${guess('a:')} ${guess('b:')} }` };
      const headers = { authorization: `Bearer ${owner.token ?? ''}` };
      for (const path of [
        '//graphql',
        '/GRAPHQL',
        '/graphql/',
        '/graphql//',
        '/./graphql',
        '/%67raphql',
        '/graphql%2f',
        '/graphql?x=y',
        '/graphql;x=y',
        '/x/../graphql',
      ]) {
        const text = await (await post(aliased, headers, path)).text();
        // Either it is no path at all, or it is the one with all its guards.
        expect([path, /"data":\{/.test(text)]).toEqual([path, false]);
      }
      expect(await (await post(aliased, headers, '/graphql?x=y')).text()).toContain('OPERATION_TOO_COMPLEX');
    });

    it('bodies that are no operation are mistakes of the caller', async () => {
      const bodies = [
        '',
        '{',
        'null',
        '1',
        '"x"',
        '[]',
        '{}',
        '{"query":null}',
        '{"query":7}',
        '{"query":["{ __typename }"]}',
        '{"query":"{ __typename }","variables":[]}',
        '{"query":"{ __typename }","variables":"x"}',
        '{"query":"{ __typename }","operationName":{}}',
        '{"query":"{ __typename }","extensions":7}',
        '{"__proto__":{"query":"{ __typename }"}}',
        '{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
      ];
      for (const body of bodies) {
        const answer = await post(body);
        expect([body, answer.status < 500, (await answer.text()).includes('INTERNAL')]).toEqual([
          body,
          true,
          false,
        ]);
      }
    });
  });

  describe('what an answer carries', () => {
    it('every error has the id of its request, and no two requests have the same', async () => {
      const ids = new Set<string>();
      for (const query of [
        '{',
        '{ nope }',
        '{ users { totalCount } }',
        `mutation { ${guess('a:')} ${guess('b:')} }`,
        'mutation { confirmPassword { __typename } }',
      ]) {
        const answer = await scene.service.client().send(query, undefined, { 'x-request-id': 'mine' });
        const id = answer.headers.get('x-request-id') ?? '';
        expect(answer.errors?.length).toBeGreaterThan(0);
        for (const { extensions } of answer.errors ?? [])
          expect(Object.entries(extensions).sort()).toEqual([
            ['code', extensions.code],
            ['requestId', id],
          ]);
        ids.add(id);
      }
      expect(ids.size).toBe(5);
      expect(ids.has('mine')).toBe(false);
    });

    it('security headers, on every answer', async () => {
      for (const node of [scene.service, production]) {
        for (const path of ['/graphql', '/healthz', '/schema.graphql', '/explorer', '/nothing']) {
          const { headers } = await get(path, {}, node);
          expect({ path, ...Object.fromEntries(headers) }).toMatchObject({
            path,
            'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
            'x-content-type-options': 'nosniff',
            'referrer-policy': 'no-referrer',
            'x-frame-options': 'SAMEORIGIN',
            'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
          });
          expect(headers.has('x-powered-by')).toBe(false);
          expect(headers.has('strict-transport-security')).toBe(node === production);
        }
      }
      const answer = await post({ query: '{ __typename }' });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('CORS: the listed origins with credentials, and no other', async () => {
      const preflight = (origin: string, node: TestService) =>
        fetch(`${node.url}/graphql`, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'content-type',
          },
        });
      const allowed = await preflight('https://app.example', production);
      expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example');
      expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
      for (const origin of [
        'https://app.example.evil.example',
        'https://evil.example',
        'http://app.example',
        'null',
      ]) {
        expect((await preflight(origin, production)).headers.get('access-control-allow-origin')).toBeNull();
      }
      expect(
        (await preflight('https://app.example', scene.service)).headers.get('access-control-allow-origin'),
      ).toBeNull();
    });
  });

  describe('production', () => {
    it('has no inbox and no Sandbox', async () => {
      const html = { accept: 'text/html' };
      for (const path of [
        '/dev/inbox',
        '/dev/inbox.json',
        '/dev/inbox/',
        '/dev/inbox/index.html',
        '/dev',
        '//dev/inbox.json',
        '/DEV/inbox.json',
        '/dev/%69nbox.json',
      ]) {
        expect([path, (await get(path, {}, production)).status]).toEqual([path, 404]);
      }
      expect((await get('/dev/inbox', html, production)).status).toBe(404);
      expect((await get('/dev/inbox.json')).status).toBe(200);
      const page = await get('/graphql', html, production);
      expect([page.status < 400, /apollographql/.test(await page.text())]).toEqual([false, false]);
      expect(await (await get('/graphql', html)).text()).toMatch(/apollographql/);
    });

    it('publishes the schema that it serves', async () => {
      const answer = await get('/schema.graphql', {}, production);
      expect(await answer.text()).toBe(printSdl(createSchema()));
    });

    it('serves sign-in as development does', async () => {
      const { email } = await scene.signage.user();
      const input = { email, password: 'wrong', transport: 'BEARER' };
      const answer = await production.client().send(print(SignInDocument), { input });
      expect(answer.data).toMatchObject({ signIn: { code: 'INVALID_CREDENTIALS' } });
    });
  });
});
