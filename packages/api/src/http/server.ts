import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import type {
  FastifyBaseLogger,
  FastifyError,
  FastifyInstance,
  FastifyRequest,
  onRequestHookHandler,
} from 'fastify';
import Fastify, { LogController } from 'fastify';
import type { Inbox } from '../adapters/mail/memory-inbox.js';
import type { Instruments } from '../metrics/instruments.js';
import type { Tracing } from '../tracing/tracing.js';
import { printSdl } from '../graph/schema.js';
import type { CarrierReportsDeps } from './carrier-reports.js';
import { serveCarrierReports } from './carrier-reports.js';
import { serveClient } from './client.js';
import { serveDevInbox } from './dev-inbox.js';
import { serveExplorer } from './explorer.js';
import type { GraphqlDeps } from './graphql/graphql.js';
import { serveGraphql } from './graphql/graphql.js';
import type { HealthDeps } from './health.js';
import { serveHealth } from './health.js';
import { endConnectionsOnClose } from './ending-connections.js';
import { securityHeaders } from './security-headers.js';

export interface ServerDeps extends GraphqlDeps, CarrierReportsDeps {
  readonly health: HealthDeps;
  readonly trustedProxies: readonly string[];
  /** The folder of the built client. */
  readonly clientFolder: string;
  /** The folder of the inbox's page. */
  readonly inboxFolder: string;
  /** Null in production: then `/dev/*` does not exist. */
  readonly inbox: Inbox | null;
  readonly logger: FastifyBaseLogger;
  readonly metrics: Pick<Instruments, 'answered' | 'refused' | 'reported'> | null;
  readonly tracing: Pick<Tracing, 'requests'>;
}

/** Contract, "Numbers": the body of an operation. */
const MAX_BODY = 256 * 1024;

/** The HTTP face of the service, not yet listening. */
export async function createServer(deps: ServerDeps): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: deps.logger,
    bodyLimit: MAX_BODY,
    genReqId: () => randomUUID(),
    trustProxy: deps.trustedProxies.length > 0 ? [...deps.trustedProxies] : false,
    requestTimeout: 30_000,
    // Who sends a byte now and then is looked at each second, and not only each half minute.
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 1_000 },
    forceCloseConnections: 'idle',
    logController: new LogController({ disableRequestLogging: true }),
    // Each line names its request itself. A logger of its own for each request costs more than most lines.
    childLoggerFactory: (logger) => logger,
  });
  deps.tracing.requests(app);
  const headers = securityHeaders(deps.publicUrl.startsWith('https:'));
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
  await app.register(cookie);
  await app.register(cors, { origin: [...deps.corsOrigins], credentials: true, methods: ['GET', 'POST'] });
  const { metrics } = deps;
  if (metrics) {
    app.addHook('onResponse', async (request, reply) => {
      metrics.answered(request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1_000);
    });
  }
  app.addHook('onRequest', refuseCompressedBody);
  app.addHook('onSend', (request, reply, _payload, done) => {
    void reply.header('x-request-id', request.id);
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done();
  });
  app.setErrorHandler(answerError);
  endConnectionsOnClose(app);

  await serveGraphql(app, deps);
  await serveCarrierReports(app, deps);
  serveHealth(app, deps.health);
  serveExplorer(app);
  const sdl = printSdl(deps.schema);
  app.get('/schema.graphql', (_request, reply) => reply.type('text/plain; charset=utf-8').send(sdl));
  await serveClient(app, deps.clientFolder);
  if (deps.inbox) await serveDevInbox(app, deps.inbox, deps.inboxFolder);
  return app;
}

/** A small one could become a large one when it is unpacked; here it would only fail to parse, with a misleading error. */
const refuseCompressedBody: onRequestHookHandler = ({ headers }, _reply, done) => {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') done();
  else done(Object.assign(new Error('A compressed body'), { statusCode: 415 }));
};

/** An error outside GraphQL (a body too large, not JSON, or from a foreign page), in the shape that a GraphQL client reads. */
function answerError(
  this: FastifyInstance,
  error: FastifyError,
  request: FastifyRequest,
  reply: Reply,
): unknown {
  const status = error.statusCode ?? 500;
  const mistake = status < 500;
  const code = !mistake ? 'INTERNAL_SERVER_ERROR' : status === 403 ? 'FORBIDDEN' : 'BAD_USER_INPUT';
  if (!mistake) this.log.error({ err: error, requestId: request.id }, 'A request failed');
  else this.log.info({ code, requestId: request.id, address: request.ip }, 'A request was refused');
  const message = mistake ? (sentences[status] ?? 'The request could not be read.') : 'Something went wrong.';
  return reply.code(status).send({ errors: [{ message, extensions: { code, requestId: request.id } }] });
}

interface Reply {
  code(status: number): { send(body: unknown): unknown };
}

const sentences: Record<number, string> = {
  403: 'A page of this origin may not send operations. The operator can list it in CORS_ORIGINS.',
  413: 'The body is larger than 256 KiB.',
  415: 'Send the operation as application/json, without compression.',
};

/** The address that a listening server is at, for the log and for tests. */
export function addressOf(app: FastifyInstance): string {
  const address = app.server.address() as AddressInfo;
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${String(address.port)}`;
}
