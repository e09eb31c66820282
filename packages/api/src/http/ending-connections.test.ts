import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { endConnectionsOnClose } from './ending-connections.js';

it('a connection on which nothing was asked does not hold up the stop, and a request under way is answered', async () => {
  const app = Fastify({ forceCloseConnections: 'idle' });
  endConnectionsOnClose(app);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let arrived = (): void => {};
  const asked = new Promise<void>((resolve) => (arrived = resolve));
  app.get('/slow', async () => {
    arrived();
    await held;
    return 'answered';
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  const answer = fetch(`http://127.0.0.1:${String(port)}/slow`);
  await asked;
  const ended = once(silent, 'close');
  const closed = app.close();
  await ended;
  release();
  expect(await (await answer).text()).toBe('answered');
  await closed;
});
