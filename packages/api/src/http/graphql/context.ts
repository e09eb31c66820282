import type { Instant } from '@twofold/core/ports';
import type { UseCases } from '@twofold/core/use-cases';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { GraphContext } from '../../graph/graph-context.js';
import { Unauthenticated } from '../../graph/graph-context.js';
import { DatabaseUnavailable } from '../../store/engine/database-unavailable.js';
import type { BrowserCookies } from '../browser-cookies.js';
import { withoutCookies } from '../browser-cookies.js';
import type { SessionCookies } from '../session-cookie.js';

export interface ContextDeps {
  readonly useCases: UseCases;
  readonly cookies: SessionCookies;
  readonly knownBrowsers: BrowserCookies;
  readonly trustedBrowsers: BrowserCookies;
  readonly now: () => Instant;
}

/** Finds the session of a request. With an Authorization header the cookie is ignored, and a dead token is refused. */
export function graphContext({ useCases, cookies, knownBrowsers, trustedBrowsers, now }: ContextDeps) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<GraphContext> => {
    const { authorization } = request.headers;
    const bearer =
      authorization === undefined ? null : (/^Bearer +([^ ]+) *$/i.exec(authorization)?.[1] ?? '');
    const token = bearer ?? cookies.read(request);
    const live = token ? await useCases.useSession(token).catch(refuseWithStatus) : null;
    if (bearer !== null && !live)
      throw withStatus(401, new Unauthenticated('This token is not, or no longer, valid.'));
    return {
      useCases,
      live,
      cookieSession: bearer === null ? live : null,
      viewer: live?.user ?? null,
      address: request.ip,
      now,
      sessionCookie: cookies.of(reply),
      knownBrowser: bearer === null ? knownBrowsers.of(request, reply) : withoutCookies,
      trustedBrowser: bearer === null ? trustedBrowsers.of(request, reply) : withoutCookies,
    };
  };
}

/** So that whoever answers a request after another one could not, waits for no session twice. */
export function oncePerRequest(
  make: (request: FastifyRequest, reply: FastifyReply) => Promise<GraphContext>,
): typeof make {
  const made = new WeakMap<FastifyRequest, Promise<GraphContext>>();
  return (request, reply) => {
    const known = made.get(request) ?? make(request, reply);
    made.set(request, known);
    return known;
  };
}

function refuseWithStatus(error: unknown): never {
  throw error instanceof DatabaseUnavailable ? withStatus(503, error) : error;
}

/** Apollo takes the status of an answer that has no data from here. */
function withStatus(status: number, originalError: Error): GraphQLError {
  return new GraphQLError(originalError.message, { originalError, extensions: { http: { status } } });
}
