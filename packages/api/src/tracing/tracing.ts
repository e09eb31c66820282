import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Database } from '../store/data-source.js';

/** Where traces go; null in the configuration: nowhere, and nothing of this is loaded. */
export interface TracingSettings {
  /** Of a collector that takes OTLP over HTTP. May hold a password. */
  readonly endpoint: string;
  readonly serviceName: string;
  /** The share of the traces that are kept, 0 to 1. */
  readonly share: number;
}

/** What is put around the parts of the service while it is composed, so that they show in traces. */
export interface Tracing {
  /** The port, with a span around each call of these methods. What is handed over and answered is not in it. */
  calls<Port extends object>(port: Port, prefix: string, methods: readonly (keyof Port & string)[]): Port;
  database(database: Database): Database;
  /** The schema, with a span around each field of its roots. Changed in place. */
  schema(schema: GraphQLSchema): GraphQLSchema;
  /** Its lines carry `traceId` where they are of a request. */
  logger(logger: Logger): Logger;
  /** A span for each request. To be called before the routes are there. */
  requests(app: FastifyInstance): void;
  /** Sends what is left, for 2 s at most. */
  close(): Promise<void>;
}

/** Leaves everything as it is. */
export const noTracing: Tracing = {
  calls: (port) => port,
  database: (database) => database,
  schema: (schema) => schema,
  logger: (logger) => logger,
  requests: () => undefined,
  close: () => Promise.resolve(),
};
