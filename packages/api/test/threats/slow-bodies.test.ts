import { createConnection } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { SECOND } from '@twofold/core/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqlite } from '../databases/open-test-database.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';

describe('threat: bodies that never end, or grow when they are unpacked', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(openSqlite);
  });
  afterAll(() => scene.close());

  /** Sends the pieces, the last one again and again, and answers what came until the server closed the connection. */
  function exchange(pieces: readonly string[], pause: number): Promise<string> {
    const { hostname, port } = new URL(scene.service.url);
    return new Promise((resolve, reject) => {
      const socket = createConnection({ host: hostname, port: Number(port) });
      let received = '';
      let sent = 0;
      const timer = setInterval(() => socket.write(pieces[Math.min(sent++, pieces.length - 1)] ?? ''), pause);
      socket.on('data', (data) => (received += data.toString()));
      socket.on('close', () => {
        clearInterval(timer);
        resolve(received);
      });
      socket.on('error', (error) => (received === '' ? reject(error) : undefined));
    });
  }

  it('a head or a body that drips is cut off: in 15 and 30 seconds, and here in half a second', async () => {
    const { server } = scene.service.service.app;
    expect([server.headersTimeout, server.requestTimeout]).toEqual([15 * SECOND, 30 * SECOND]);
    server.headersTimeout = 500;
    server.requestTimeout = 500;
    const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    const dripping = [
      exchange([head, 'x-a: b\r\n'], 200),
      exchange([`${head}content-length: 200000\r\n\r\n{"query":"`, 'a'], 200),
      exchange([`${head}transfer-encoding: chunked\r\n\r\n`, '1\r\na\r\n'], 200),
    ];
    for (const answer of await Promise.all(dripping)) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect((await fetch(`${scene.service.url}/healthz`)).status).toBe(200);
  });

  it('a compressed body is not unpacked, so a small one cannot become a large one', async () => {
    const body = Buffer.from(JSON.stringify({ query: `{ __typename } ${'#'.repeat(100_000)}` }));
    for (const [encoding, packed] of [
      ['gzip', gzipSync(body)],
      ['deflate', deflateSync(body)],
      ['br', brotliCompressSync(body)],
    ] as const) {
      const answer = await fetch(`${scene.service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': encoding },
        body: packed,
      });
      expect([encoding, answer.status]).toEqual([encoding, 415]);
      expect(await answer.text()).toContain('without compression');
    }
    const identity = { 'content-type': 'application/json', 'content-encoding': 'identity' };
    const plain = await fetch(`${scene.service.url}/graphql`, { method: 'POST', headers: identity, body });
    expect(plain.status).toBe(200);
  });
});
