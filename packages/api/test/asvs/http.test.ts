import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveClient } from '../../src/http/client.js';
import { openSqlite } from '../databases/open-test-database.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';

/** What the database has no part in: one is enough. */
describe('the HTTP face, by ASVS', () => {
  let scene: Scene;
  let production: TestService;
  beforeAll(async () => {
    scene = await openScene(openSqlite);
    const config = { environment: 'production' as const, publicUrl: 'https://dashboard.example' };
    production = await openService(scene.database, { sharing: scene.service, config });
  });
  afterAll(async () => {
    await production.close();
    await scene.close();
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(production.url + path, { headers, redirect: 'manual' });
  const post = (path: string, body: unknown) =>
    fetch(production.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  /** Sends bytes as they are and answers what comes back until the other side is silent or ends. */
  const sendRaw = (bytes: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(production.url);
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      let answer = '';
      socket.setTimeout(1_000, () => socket.destroy());
      socket.on('data', (part) => (answer += part.toString()));
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });

  it('over https a browser is told to use nothing else, on subdomains too, for two years', async () => {
    for (const path of ['/healthz', '/graphql', '/nothing']) {
      expect((await get(path)).headers.get('strict-transport-security')).toBe(
        'max-age=63072000; includeSubDomains',
      );
    }
  });

  it('every page has a policy without plug-ins and foreign bases, and keeps its window to itself', async () => {
    const sandbox = await fetch(`${scene.service.url}/graphql`, { headers: { accept: 'text/html' } });
    const answers = [sandbox, await get('/explorer'), await get('/healthz'), await get('/nothing')];
    for (const { headers } of answers) {
      const policy = (headers.get('content-security-policy') ?? '').split(/; ?/);
      for (const directive of ["object-src 'none'", "base-uri 'none'", "form-action 'self'"]) {
        expect(policy).toContain(directive);
      }
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });

  it('every body says what it is, and in which encoding', async () => {
    const operation = await post('/graphql', { query: '{ __typename }' });
    const refused = await post('/graphql', { query: '{' });
    const json = [operation, refused, await get('/healthz'), await get('/readyz'), await get('/nothing')];
    for (const answer of json) {
      expect([answer.url, answer.headers.get('content-type')]).toEqual([
        answer.url,
        'application/json; charset=utf-8',
      ]);
      await expect(answer.json()).resolves.toBeTypeOf('object');
    }
    expect((await get('/explorer')).headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect((await get('/schema.graphql')).headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('no answer with data is kept by a browser or on the way', async () => {
    for (const answer of [
      await post('/graphql', { query: '{ viewer { id } }' }),
      await post('/graphql', { query: '{' }),
      await get('/graphql?query=%7B__typename%7D', { 'apollo-require-preflight': '1' }),
      await get('/nothing'),
    ]) {
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('nothing is redirected, and no answer tells by what it was made', async () => {
    for (const path of ['/', '/graphql', '/explorer', '/healthz', '//evil.example', '/sign-in?next=//x']) {
      const { status, headers } = await get(path, { 'x-forwarded-proto': 'http' });
      expect([path, status >= 300 && status < 400]).toEqual([path, false]);
      for (const name of ['location', 'server', 'x-powered-by', 'via']) expect(headers.has(name)).toBe(false);
    }
  });

  it('TRACE, CONNECT and methods that nobody asked for are not served', async () => {
    for (const method of ['TRACE', 'PROPFIND', 'PUT', 'DELETE']) {
      const answer = await sendRaw(
        `${method} /graphql HTTP/1.1\r\nHost: x\r\nX-Canary: c4n4ry\r\nConnection: close\r\n\r\n`,
      );
      expect([method, answer.slice(0, 12)]).toEqual([method, 'HTTP/1.1 404']);
      expect(answer).not.toContain('c4n4ry');
    }
    expect(await sendRaw('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n')).toBe('');
  });

  it('a request whose end can be read in two ways is refused, and what hides behind it is not run', async () => {
    const hidden = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
    const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    for (const ambiguous of [
      `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
      `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
      `${head}Content-Length: 0\r\nContent-Length: ${String(hidden.length)}\r\n\r\n${hidden}`,
      `${head}Content-Length: +0\r\n\r\n${hidden}`,
      `${head}X: y\rContent-Length: 0\r\n\r\n${hidden}`,
    ]) {
      const answer = await sendRaw(ambiguous);
      expect([ambiguous, answer.slice(0, 12), answer.match(/HTTP\/1\.1/g)?.length]).toEqual([
        ambiguous,
        'HTTP/1.1 400',
        1,
      ]);
    }
  });

  it('an operation comes from the body alone: what the address says beside it counts for nothing', async () => {
    const beside = `/graphql?query=${encodeURIComponent('{ nope }')}&query=x&operationName=Other&variables=7`;
    const answer = await post(beside, { query: 'query One { __typename }', operationName: 'One' });
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
  });

  describe('the files of the client', () => {
    const folder = mkdtempSync(join(tmpdir(), 'twofold-client-'));
    const app = Fastify();
    beforeAll(async () => {
      mkdirSync(join(folder, 'dist/assets'), { recursive: true });
      writeFileSync(join(folder, 'dist/index.html'), '<title>the client</title>');
      writeFileSync(join(folder, 'dist/assets/index-abc.js'), 'export {};');
      writeFileSync(join(folder, 'secret.txt'), 'not for anybody');
      await serveClient(app, join(folder, 'dist'));
    });
    afterAll(async () => {
      await app.close();
      rmSync(folder, { recursive: true });
    });
    const asked = async (url: string, accept = '*/*') => {
      const { statusCode, body, headers } = await app.inject({ url, headers: { accept } });
      return { statusCode, body, type: headers['content-type'] };
    };

    it('no folder is listed, and no path leads out of it', async () => {
      for (const url of [
        '/assets/',
        '/assets',
        '/.git/config',
        '/../secret.txt',
        '/..%2fsecret.txt',
        '/%2e%2e/secret.txt',
        '/assets/..%2f..%2fsecret.txt',
        '/assets/..%5c..%5csecret.txt',
      ]) {
        const answer = await asked(url);
        expect([url, answer.statusCode >= 400]).toEqual([url, true]);
        expect(answer.body).not.toMatch(/index-abc|not for anybody/);
      }
    });

    it('a file that is not there is not answered with the page, so nothing else is kept under its name', async () => {
      expect((await asked('/assets/gone.js', 'text/html')).statusCode).toBe(404);
      expect((await asked('/account/nothing.css')).statusCode).toBe(404);
      expect(await asked('/assets/index-abc.js')).toMatchObject({
        statusCode: 200,
        type: expect.stringMatching(/javascript; charset=utf-8/i),
      });
      expect(await asked('/account/users', 'text/html')).toMatchObject({
        statusCode: 200,
        type: expect.stringMatching(/^text\/html; charset=utf-8/i),
      });
    });
  });
});
