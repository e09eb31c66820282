import type { Attributes, Context, Span } from '@opentelemetry/api';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable, StatementFailed } from '../store/engine/database-unavailable.js';
import { tellingExporter } from './telling-exporter.js';
import type { TracingSettings } from './tracing.js';

export interface Spans {
  /** Does the work in a span of its own. Outside of a request there is none: what the service does by itself is no
   *  trace. Of an error its name alone is kept, since a message can hold anything. */
  within<T>(name: string, attributes: Attributes, kind: SpanKind, work: (span: Span | null) => T): T;
  /** The span of a request, below the one of its caller where `headers` may tell of that. */
  begin(name: string, headers: Readonly<Record<string, unknown>>): { span: Span; context: Context };
  inside(context: Context, work: () => void): void;
  traceId(): string | null;
  close(): Promise<void>;
}

const EXPORT_WITHIN = 5_000;
const CLOSE_WITHIN = 2_000;

/** @param onFault told when the collector is lost, once until it takes something again */
export function createSpans(settings: TracingSettings, onFault: (reason: string) => void): Spans {
  const manager = new AsyncLocalStorageContextManager().enable();
  const exporter = new OTLPTraceExporter({
    url: `${settings.endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: EXPORT_WITHIN,
  });
  // No detectors: they would tell of the machine, its user and the command line. Spans that a lost collector does not
  // take are dropped once 2,048 wait.
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': settings.serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(settings.share) }),
    spanLimits: { attributeValueLengthLimit: 2_000 },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: tellingExporter(exporter, onFault),
        exportTimeoutMillis: EXPORT_WITHIN + 1_000,
      }),
    ],
  });
  const tracer = provider.getTracer('twofold');
  const propagator = new W3CTraceContextPropagator();

  return {
    within(name, attributes, kind, work) {
      const outer = manager.active();
      if (trace.getSpan(outer) === undefined) return work(null);
      const span = tracer.startSpan(name, { kind, attributes }, outer);
      return ending(span, () => manager.with(trace.setSpan(outer, span), () => work(span)));
    },
    begin(name, headers) {
      const caller = propagator.extract(ROOT_CONTEXT, headers, textOfHeaders);
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, caller);
      return { span, context: trace.setSpan(caller, span) };
    },
    inside: (context, work) => manager.with(context, work),
    traceId: () => trace.getSpanContext(manager.active())?.traceId ?? null,
    async close() {
      const over = new AbortController();
      const flushed = provider.shutdown().catch(() => undefined);
      await Promise.race([flushed, sleep(CLOSE_WITHIN, undefined, { signal: over.signal })]);
      over.abort();
    },
  };
}

const textOfHeaders = {
  keys: (headers: Readonly<Record<string, unknown>>) => Object.keys(headers),
  get: (headers: Readonly<Record<string, unknown>>, name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  },
};

/** Ends the span with the work, which may be over at once or later. */
function ending<T>(span: Span, work: () => T): T {
  const failed = (error: unknown): never => {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', nameOf(error));
    span.end();
    throw error;
  };
  let result: T;
  try {
    result = work();
  } catch (error) {
    return failed(error);
  }
  if (!(result instanceof Promise)) {
    span.end();
    return result;
  }
  return result.then((value: unknown) => {
    span.end();
    return value;
  }, failed) as T;
}

function nameOf(error: unknown): string {
  if (error instanceof DatabaseUnavailable || error instanceof StatementFailed) return error.code;
  return error instanceof Error ? error.constructor.name : 'unknown';
}
