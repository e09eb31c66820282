import proxyAddr from '@fastify/proxy-addr';
import type { Context, Span } from '@opentelemetry/api';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Spans } from './spans.js';

/**
 * A span for each request, with its method, the pattern of its route, its status and the id that the log has too. Neither
 * its path nor its headers nor its address: any of them can hold what somebody typed.
 *
 * `traceparent` counts from a trusted proxy alone (W3C Trace Context, 7.1): a stranger would decide which requests are
 * kept, and under which trace.
 */
export function traceRequests(spans: Spans, trustedProxies: readonly string[]) {
  const isTrusted = proxyAddr.compile([...trustedProxies]);
  const open = new Map<unknown, Context>();

  function begin(request: FastifyRequest, reply: FastifyReply): Context {
    const fromProxy = isTrusted(request.socket.remoteAddress ?? '', 0);
    const { span, context } = spans.begin(request.method, fromProxy ? request.headers : {});
    open.set(request.id, context);
    // Comes after the answer, and also where there will be none.
    reply.raw.once('close', () => {
      open.delete(request.id);
      end(span, request, reply);
    });
    return context;
  }

  return {
    traceIdOf(requestId: unknown): string | null {
      const context = open.get(requestId);
      return (context && trace.getSpanContext(context)?.traceId) ?? null;
    },
    hook(app: FastifyInstance): void {
      app.addHook('onRequest', (request, reply, done) => spans.inside(begin(request, reply), done));
      // The body comes in by events of the socket, which know nothing of the request that began.
      app.addHook('preValidation', (request, _reply, done) => {
        const context = open.get(request.id);
        if (context) spans.inside(context, done);
        else done();
      });
    },
  };
}

function end(span: Span, request: FastifyRequest, { raw }: FastifyReply): void {
  const route = request.routeOptions.url ?? 'none';
  span.updateName(`${request.method} ${route}`);
  span.setAttributes({
    'http.request.method': request.method,
    'http.route': route,
    'twofold.request_id': request.id,
  });
  if (raw.writableFinished) span.setAttribute('http.response.status_code', raw.statusCode);
  else span.setAttribute('error.type', 'cut off');
  if (!raw.writableFinished || raw.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
