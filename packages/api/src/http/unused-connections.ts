import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Ends connections on which nothing was ever asked when the server closes. Node closes idle connections by itself, but takes one
 * without a first request for busy: browsers open such in advance, and each would hold a stop up for as long as it lasts.
 */
export function closeUnusedConnections(app: FastifyInstance): void {
  const unused = new Set<Socket>();
  app.server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  app.addHook('preClose', () => {
    for (const socket of unused) socket.destroy();
    return Promise.resolve();
  });
}
