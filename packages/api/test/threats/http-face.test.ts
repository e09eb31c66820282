import { SignInDocument } from '@twofold/contract/graphql';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema, printSdl } from '../../src/graph/schema.js';
import { databases } from '../databases/open-test-database.js';
import { Browser } from '../harness/browser.js';
import type { Client } from '../harness/client.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';

const guess = (alias = '') => `${alias} confirmPassword(input: { password: "wrong" }) { __typename }`;

describe.each(databases)('the HTTP face, on $name', ({ open }) => {
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

    it('threat: a script of another site sends JSON with the user’s cookie', async () => {
      const { email } = await scene.signage.user();
      const browser = new Browser(scene.service.url);
      await browser.signIn(email);
      const send = (headers: Record<string, string>, node = scene.service) =>
        browser.at(node.url).send('mutation { __typename }', undefined, headers);
      const own = scene.service.url;
      for (const origin of [
        'https://evil.example',
        'null',
        `${own}.evil.example`,
        'http://127.0.0.1',
        `${own}1`,
        'x',
      ]) {
        const { status, errors } = await send({ origin });
        expect([origin, status, errors?.[0]?.extensions.code]).toEqual([origin, 403, 'FORBIDDEN']);
        expect(errors?.[0]?.message).toContain('CORS_ORIGINS');
      }
      for (const origin of [own, 'http://dashboard.example'])
        expect((await send({ origin })).status).toBe(200);
      // Who lists an origin, trusts it; what another service than a browser sends, has none.
      expect((await send({ origin: 'https://app.example' }, production)).status).toBe(200);
      expect((await send({})).status).toBe(200);
      // A forwarded host counts from a configured proxy alone.
      const forwarded = {
        origin: 'https://evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
      };
      expect((await send(forwarded)).status).toBe(403);
    });

    it('an origin is nothing to a bearer token: whoever holds it was given it', async () => {
      const answer = await owner.send('{ viewer { id } }', undefined, { origin: 'https://other.example' });
      expect([answer.status, answer.errors]).toEqual([200, undefined]);
      const cookieless = await scene.service.client().send('{ viewer { id } }', undefined, {
        origin: 'https://other.example',
      });
      expect(cookieless.status).toBe(403);
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
