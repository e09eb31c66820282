import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Inbox } from '../adapters/mail/memory-inbox.js';

/** `/dev/inbox`, in development: the texts and mails that were sent, as a page and as JSON, oldest first. */
export async function serveDevInbox(app: FastifyInstance, inbox: Inbox, folder: string): Promise<void> {
  app.get('/dev/inbox.json', (_request, reply) =>
    reply.header('cache-control', 'no-store').send(inbox.list()),
  );
  await app.register(fastifyStatic, { root: folder, prefix: '/dev/inbox/', decorateReply: false });
  app.get('/dev/inbox', (_request, reply) => reply.sendFile('index.html', folder));
}
