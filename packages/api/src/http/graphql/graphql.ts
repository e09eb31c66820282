import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { GraphContext } from '../../graph/graph-context.js';
import type { Instruments } from '../../metrics/instruments.js';
import type { ContextDeps } from './context.js';
import { graphContext, oncePerRequest } from './context.js';
import type { OwnOrigins } from './foreign-page.js';
import { refuseForeignPages } from './foreign-page.js';
import { knownOperations } from './known/known-operations.js';
import { learnedDocuments } from './known/learned-documents.js';
import { MAX_TOKENS, operationLimits, rootFieldLimits } from './limit-operation.js';
import { maskErrors } from './mask-error.js';
import { requestOrigin } from '../request-origin.js';
import { retryAfterHeader } from './retry-after.js';
import { sandboxPolicy } from '../security-headers.js';
import { starterOperations } from './starter-operations.js';

export interface GraphqlDeps extends ContextDeps, OwnOrigins {
  readonly schema: GraphQLSchema;
  /** Apollo Sandbox for a browser's GET. */
  readonly sandbox: boolean;
  readonly metrics: Pick<Instruments, 'refused'> | null;
}

/** `/graphql`: Apollo Server, and for a browser in development the Sandbox. */
export async function serveGraphql(app: FastifyInstance, deps: GraphqlDeps): Promise<void> {
  const refused = refusalLog(app.log);
  const maskError = maskErrors(
    (error, id) => {
      app.log.error({ err: error, requestId: id }, 'An operation failed');
      deps.metrics?.refused('INTERNAL_SERVER_ERROR');
    },
    (code, id) => {
      refused(code, id);
      deps.metrics?.refused(code);
    },
  );
  const learned = learnedDocuments(deps.now);
  const apollo = new ApolloServer<GraphContext>({
    schema: deps.schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: operationLimits,
    plugins: [...leanPlugins, rootFieldLimits, retryAfterHeader, learned.plugin, landingPage(deps.sandbox)],
    formatError: maskError,
    logger: silentLogger,
  });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());

  const context = oncePerRequest(graphContext(deps));
  const answerKnown = knownOperations({ schema: deps.schema, learned, context, maskError });
  const answer = fastifyApolloHandler(apollo, { context });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    onRequest: refuseForeignPages(deps),
    handler: (request, reply) => {
      const wantsPage = request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '');
      if (wantsPage && deps.sandbox) void reply.header('content-security-policy', sandboxPolicy);
      return requestOrigin.run(request, async () =>
        (await answerKnown(request, reply)) ? reply : answer.call(app, request, reply),
      );
    },
  });
}

/** One line an operation, however many faults it has. What was sent is not in it. */
function refusalLog(log: FastifyBaseLogger) {
  const noted = new WeakSet<object>();
  return (code: string, requestId: string): void => {
    const origin = requestOrigin.get();
    if (origin === null || noted.has(origin)) return;
    noted.add(origin);
    log.info({ code, requestId, address: origin.address }, 'An operation was refused');
  };
}

/** What nobody here asks for costs every request: cacheControl alone instruments every field. */
const leanPlugins: ApolloServerPlugin[] = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
];

function landingPage(sandbox: boolean): ApolloServerPlugin {
  if (!sandbox) return ApolloServerPluginLandingPageDisabled();
  const embed = { runTelemetry: false, endpointIsEditable: true };
  return ApolloServerPluginLandingPageLocalDefault({
    footer: false,
    includeCookies: true,
    embed,
    document: starterOperations('BEARER'),
  });
}

/** Everything worth a line is logged by maskErrors and by Fastify, with the request's id. */
const nothing = () => undefined;
const silentLogger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
