import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A collector of OTLP over HTTP, as JSON (opentelemetry-proto, trace/v1). */
export interface Collector {
  readonly endpoint: string;
  readonly spans: CollectedSpan[];
  /** Every body as it came. */
  readonly bodies: string[];
  /** How it answers: takes what comes, refuses it, or never answers. */
  mood: 'takes' | 'refuses' | 'hangs';
  close(): void;
}

interface Wire {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<CollectedSpan, 'attributes'> & {
        readonly attributes: readonly { key: string; value: Record<string, unknown> }[];
      })[];
    }[];
  }[];
}

export async function openCollector(): Promise<Collector> {
  const server = createServer((request, response) => void answer(request, response));
  const { port } = (await once(server.listen(0, '127.0.0.1'), 'listening').then(() =>
    server.address(),
  )) as AddressInfo;
  const collector: Collector = {
    endpoint: `http://127.0.0.1:${String(port)}`,
    spans: [],
    bodies: [],
    mood: 'takes',
    close() {
      server.closeAllConnections();
      server.close();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (collector.mood === 'hangs') return;
    if (collector.mood === 'refuses' || request.url !== '/v1/traces')
      return void response.writeHead(400).end();
    const body = Buffer.concat(parts).toString();
    collector.bodies.push(body);
    for (const { scopeSpans } of (JSON.parse(body) as Wire).resourceSpans) {
      for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
        const attributes = span.attributes.map(({ key, value }) => [key, Object.values(value)[0]]);
        collector.spans.push({
          ...span,
          attributes: Object.fromEntries(attributes) as Record<string, unknown>,
        });
      }
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }

  return collector;
}
