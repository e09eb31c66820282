import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveClient } from './client.js';

const script = `export const words = ${JSON.stringify('the client '.repeat(500))};`;
const page = '<title>the client</title>';

describe('the files of the client', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-client-'));
  const app = Fastify();
  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    mkdirSync(join(folder, '.vite'));
    writeFileSync(join(folder, 'index.html'), page);
    writeFileSync(join(folder, '.vite/manifest.json'), '{}');
    writeFileSync(join(folder, 'assets/small-abc.js'), 'export {};');
    writeFileSync(join(folder, 'assets/index-abc.js'), script);
    writeFileSync(join(folder, 'assets/index-abc.js.gz'), gzipSync(script));
    writeFileSync(join(folder, 'assets/index-abc.js.br'), brotliCompressSync(script));
    // As the server has it: what says nothing about caches is not kept, and another part of it names what it varies by.
    app.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
      void reply.header('vary', 'Origin');
    });
    await serveClient(app, folder);
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });
  const asked = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

  it('come in the smallest form that the browser reads, with the type of what is in it', async () => {
    const forms = [
      { accepts: 'gzip, deflate, br', encoding: 'br', unpack: brotliDecompressSync },
      { accepts: 'gzip', encoding: 'gzip', unpack: gunzipSync },
      { accepts: 'identity', encoding: undefined, unpack: (body: Buffer) => body },
    ];
    for (const { accepts, encoding, unpack } of forms) {
      const answer = await asked('/assets/index-abc.js', { 'accept-encoding': accepts });
      expect([accepts, answer.headers['content-encoding']]).toEqual([accepts, encoding]);
      expect(answer.headers).toMatchObject({
        'content-type': 'application/javascript; charset=utf-8',
        vary: 'Origin, Accept-Encoding',
      });
      expect(unpack(answer.rawPayload).toString()).toBe(script);
    }
  });

  it('come as they are where the build has not compressed them', async () => {
    const answer = await asked('/assets/small-abc.js', { 'accept-encoding': 'br, gzip' });
    expect([answer.headers['content-encoding'], answer.body]).toEqual([undefined, 'export {};']);
  });

  it('are kept for good where their name carries a hash, and asked for anew where it does not', async () => {
    const forGood = 'public, max-age=31536000, immutable';
    expect((await asked('/assets/index-abc.js')).headers['cache-control']).toBe(forGood);
    expect((await asked('/assets/index-abc.js', { 'accept-encoding': 'br' })).headers['cache-control']).toBe(
      forGood,
    );
    for (const url of ['/', '/account/users']) {
      const first = await asked(url, { accept: 'text/html' });
      expect([url, first.body, first.headers['cache-control']]).toEqual([url, page, 'no-cache']);
      const again = await asked(url, { accept: 'text/html', 'if-none-match': String(first.headers.etag) });
      expect([url, again.statusCode, again.body]).toEqual([url, 304, '']);
    }
    expect((await asked('/assets/gone-abc.js')).headers['cache-control']).toBe('no-store');
  });

  it('are no more than a browser asks for: no packed form by its name, no notes of the build', async () => {
    for (const url of ['/assets/index-abc.js.br', '/assets/index-abc.js.gz', '/.vite/manifest.json'])
      expect([url, (await asked(url)).statusCode]).toEqual([url, 404]);
  });
});
