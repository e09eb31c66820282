import { SpanKind } from '@opentelemetry/api';
import type { GraphQLSchema } from 'graphql';
import { defaultFieldResolver } from 'graphql';
import type { Logger } from 'pino';
import type { Database } from '../store/data-source.js';
import type { Reads } from '../store/engine/sql.js';
import type { Spans } from './spans.js';
import { createSpans } from './spans.js';
import { traceRequests } from './trace-requests.js';
import type { Tracing, TracingSettings } from './tracing.js';

/**
 * Spans at the ports of the service, made here and not by OpenTelemetry's instrumentation of its libraries: that needs a
 * loader of its own under ESM, and writes more into spans than this service may tell (ADR 20).
 */
export function createTracing(
  settings: TracingSettings,
  trustedProxies: readonly string[],
  onFault: (reason: string) => void,
): Tracing {
  const spans = createSpans(settings, onFault);
  const requests = traceRequests(spans, trustedProxies);
  return {
    calls: (port, prefix, methods) => ({
      ...port,
      ...Object.fromEntries(methods.map((method) => [method, tracedCall(spans, port, prefix, method)])),
    }),
    database: (database) => tracedDatabase(spans, database),
    schema: (schema) => tracedSchema(spans, schema),
    logger: (logger) => withTraceIds(logger, (requestId) => spans.traceId() ?? requests.traceIdOf(requestId)),
    requests: requests.hook,
    close: () => spans.close(),
  };
}

type Call = (...given: unknown[]) => unknown;

function tracedCall<Port extends object>(
  spans: Spans,
  port: Port,
  prefix: string,
  method: keyof Port & string,
) {
  const call = port[method] as Call;
  return (...given: unknown[]): unknown =>
    spans.within(`${prefix} ${method}`, {}, SpanKind.INTERNAL, async (span) => {
      const answered = await call.apply(port, given);
      const code = problemCode(answered);
      if (code !== null) span?.setAttribute('twofold.problem', code);
      return answered;
    });
}

/** A use case that did not do what it was asked says why, in a word of the schema. */
function problemCode(answered: unknown): string | null {
  const { ok, problem } = (answered ?? {}) as { ok?: unknown; problem?: { code?: unknown } };
  return ok === false && typeof problem?.code === 'string' ? problem.code : null;
}

function tracedDatabase(spans: Spans, database: Database): Database {
  return {
    ...database,
    sql: {
      ...tracedReads(spans, database.sql),
      run: (text, values) => statement(spans, database.sql, text, () => database.sql.run(text, values)),
    },
    lateReads: tracedReads(spans, database.lateReads),
    transaction: (work) =>
      spans.within('transaction', {}, SpanKind.INTERNAL, () => database.transaction(work)),
  };
}

function tracedReads(spans: Spans, reads: Reads): Reads {
  return {
    dialect: reads.dialect,
    all: (text, values) => statement(spans, reads, text, () => reads.all(text, values)),
    first: (text, values) => statement(spans, reads, text, () => reads.first(text, values)),
  };
}

/** The text of a statement has `?` where its values go; they are not in the span. */
function statement<T>(spans: Spans, { dialect }: Reads, text: string, work: () => Promise<T>): Promise<T> {
  const query = text.replace(/\s+/g, ' ').trim();
  const attributes = { 'db.system.name': dialect, 'db.query.text': query };
  return spans.within(query.split(' ', 1)[0] ?? '', attributes, SpanKind.CLIENT, work);
}

/** By the name of the schema: what a caller calls the operation can be anything. */
function tracedSchema(spans: Spans, schema: GraphQLSchema): GraphQLSchema {
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      const { resolve = defaultFieldResolver } = field;
      const name = `${String(root?.name).toLowerCase()} ${field.name}`;
      field.resolve = (...given) => spans.within(name, {}, SpanKind.INTERNAL, () => resolve(...given));
    }
  }
  return schema;
}

function withTraceIds(logger: Logger, traceIdOf: (requestId: unknown) => string | null): Logger {
  const log = (line: object) => {
    const traceId = traceIdOf((line as { requestId?: unknown }).requestId);
    return traceId === null ? line : { ...line, traceId };
  };
  return logger.child({}, { formatters: { log } });
}
