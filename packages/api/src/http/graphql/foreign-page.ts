import type { onRequestHookHandler } from 'fastify';

/** The origins whose pages may send operations with a cookie, beside the host that is asked. */
export interface OwnOrigins {
  readonly publicUrl: string;
  readonly corsOrigins: readonly string[];
}

class ForeignPage extends Error {
  readonly statusCode = 403;
}

/**
 * Refuses what a browser sends for a page of another origin (RFC 6454, 7). The content type and SameSite keep such
 * requests out already; this holds where a browser or a listed subdomain lets them through. A program sends no Origin, and
 * with a bearer token no cookie counts, so there is nothing to ride on.
 */
export function refuseForeignPages({ publicUrl, corsOrigins }: OwnOrigins) {
  const own = new Set([new URL(publicUrl).origin, ...corsOrigins]);
  const refuse: onRequestHookHandler = (request, _reply, done) => {
    const { origin, authorization } = request.headers;
    const isOwn =
      origin === undefined || own.has(origin) || origin === `${request.protocol}://${request.host}`;
    if (isOwn || authorization !== undefined) done();
    else done(new ForeignPage());
  };
  return refuse;
}
