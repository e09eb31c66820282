import type { FastifyInstance } from 'fastify';
import { explorerPolicy } from './security-headers.js';
import { starterOperations } from './graphql/starter-operations.js';

/** `/explorer`: GraphiQL from this server, without network. */
export function serveExplorer(app: FastifyInstance): void {
  app.get('/explorer', async (_request, reply) => {
    // Nine megabytes of script: loaded by the first visit, not by the start.
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    const page = renderGraphiQL({
      title: 'Twofold · GraphQL explorer',
      endpoint: '/graphql',
      defaultQuery: starterOperations('COOKIE'),
    });
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', explorerPolicy)
      .send(page);
  });
}
