import type { FastifyInstance } from 'fastify';

export interface HealthDeps {
  ping(): Promise<void>;
  pendingMigrations(): Promise<string[]>;
}

/** `/healthz`: the process is alive. `/readyz`: it can serve: the database answers and the migrations are in place. */
export function serveHealth(app: FastifyInstance, deps: HealthDeps): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await deps.ping();
      const pending = await deps.pendingMigrations();
      if (pending.length === 0) return { status: 'ok' };
      return await reply.code(503).send({ status: 'unavailable', reason: 'Migrations are pending.' });
    } catch {
      return reply.code(503).send({ status: 'unavailable', reason: 'The database cannot be reached.' });
    }
  });
}
