import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * `/`: the built client, where there is one. Its routes are its own: an unknown page is answered with its index. The build
 * has compressed each file, so nothing is compressed here.
 */
export async function serveClient(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  const cacheOf = new WeakMap<object, string>();
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    preCompressed: true,
    globIgnore: ['**/*.{br,gz}'],
    setHeaders(response, path) {
      // The built names carry a hash of their content.
      const hashed = path.includes('/assets/');
      cacheOf.set(response, hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // As late as this: @fastify/static puts headers of its own over those that it lets one set.
  app.addHook('onSend', async (_request, reply) => {
    const cache = cacheOf.get(reply.raw);
    if (cache === undefined) return;
    const others = reply.getHeader('vary') ?? [];
    void reply.header('cache-control', cache).header('vary', [others, 'Accept-Encoding'].flat().join(', '));
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '');
    if (isPage && !/^\/(assets|dev|graphql|webhooks)\b/i.test(request.url))
      return reply.sendFile('index.html');
    return reply.code(404).send({ error: 'There is nothing here.' });
  });
}
