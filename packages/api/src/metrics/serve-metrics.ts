import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { Registry } from 'prom-client';

/**
 * `/metrics` for Prometheus, on a port of its own that no user's request reaches. It does not keep the process alive.
 *
 * @throws where the port is taken
 */
export async function serveMetrics(
  { host, port }: { readonly host: string; readonly port: number },
  registry: Registry,
): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.unref().listen(port, host);
  await once(server, 'listening');
  return server;
}
