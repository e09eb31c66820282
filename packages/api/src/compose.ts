import { fileURLToPath } from 'node:url';
import type { Deps, UseCases } from '@twofold/core/use-cases';
import { createUseCases } from '@twofold/core/use-cases';
import { createReportReaders } from '@twofold/factors/server';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createAddressLimit } from './adapters/address-limit.js';
import { loadOrCreateKeys } from './adapters/keys/key-file.js';
import { checkKeyRing } from './adapters/keys/key-ring-check.js';
import { createKeyRing } from './adapters/keys/key-ring.js';
import { createMemoryInbox } from './adapters/mail/memory-inbox.js';
import { systemClock } from './adapters/system-clock.js';
import type { ComposedDeps, Ground, Outside } from './compose-deps.js';
import { composeDeps } from './compose-deps.js';
import type { Config } from './config.js';
import { seedDemo } from './demo/seed-demo.js';
import { createSchema } from './graph/schema.js';
import { knownBrowserCookies, trustedBrowserCookies } from './http/browser-cookies.js';
import { createServer } from './http/server.js';
import { sessionCookies } from './http/session-cookie.js';
import { keepHouse } from './housekeeping.js';
import type { Instruments } from './metrics/instruments.js';
import type { Database } from './store/data-source.js';
import { openDatabase } from './store/data-source.js';
import { untilAvailable } from './store/engine/database-unavailable.js';
import { keyCheckStore } from './store/keys/key-check.store.js';
import { sealedValues } from './store/keys/sealed-values.js';
import type { Tracing } from './tracing/tracing.js';
import { noTracing } from './tracing/tracing.js';

export type { Outside } from './compose-deps.js';

export interface Service {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly deps: Deps;
  /** What is counted, where the configuration asks for it. */
  readonly instruments: Instruments | null;
  /** Migrates, checks the keys, and in development seeds an empty database; waits for a database that is not there yet. */
  prepare(waiting?: Waiting): Promise<{ seeded: boolean }>;
  /** Ends what is under way and lets go of everything. */
  close(): Promise<void>;
}

export interface Waiting {
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** Told each time that the database could not be reached. */
  readonly onUnavailable?: () => void;
}

/** The only place, with compose-deps.ts, that knows every concrete part. */
export async function compose(config: Config, plainLogger: Logger, outside: Outside = {}): Promise<Service> {
  const tracing = await tracingOf(config, plainLogger);
  const logger = tracing.logger(plainLogger);
  const ring = createKeyRing(config.encryptionKeys ?? loadOrCreateKeys(config.keyFile));
  const database = tracing.database(await openDatabase(config.databaseUrl, config.databaseReplicaUrls));
  const inbox = createMemoryInbox(outside.clock ?? systemClock);
  const ground = { config, logger, tracing, database, ring, inbox };
  const composed = await composeDeps(ground, outside);
  const { deps, instruments } = composed;
  const app = await serverOf(ground, composed);
  let endHousekeeping = () => Promise.resolve();

  return {
    app,
    database,
    deps,
    instruments,
    async prepare({ signal, onUnavailable } = {}) {
      const onRetry = () => {
        logger.warn('The database cannot be reached yet. Trying again.');
        onUnavailable?.();
      };
      const stored = { checks: keyCheckStore(database), values: sealedValues(database) };
      await untilAvailable(() => database.migrate().then(() => checkKeyRing(ring, stored)), {
        ...(signal && { signal }),
        onRetry,
      });
      endHousekeeping = keepHouse({ ...deps, database, logger });
      return { seeded: config.demoSeed && (await seedDemo({ ...deps, sql: database.sql })) };
    },
    async close() {
      await app.close();
      await endHousekeeping();
      await composed.close();
      await tracing.close();
      await database.close();
    },
  };
}

async function serverOf(
  { config, logger, tracing, database, inbox }: Ground,
  { deps, instruments }: ComposedDeps,
): Promise<FastifyInstance> {
  const development = config.environment === 'development';
  const useCases = createUseCases(deps);
  const { clock } = deps;
  return createServer({
    schema: tracing.schema(createSchema()),
    useCases: tracing.calls(useCases, 'use case', Object.keys(useCases) as (keyof UseCases)[]),
    cookies: sessionCookies(config.publicUrl),
    knownBrowsers: knownBrowserCookies(config.publicUrl),
    trustedBrowsers: trustedBrowserCookies(config.publicUrl),
    now: () => clock.now(),
    sandbox: development,
    health: database,
    publicUrl: config.publicUrl,
    corsOrigins: config.corsOrigins,
    trustedProxies: config.trustedProxies,
    clientFolder: fileURLToPath(new URL('../../web/dist/', import.meta.url)),
    inboxFolder: fileURLToPath(new URL('../static/inbox/', import.meta.url)),
    inbox: development ? inbox : null,
    carrierReports: createReportReaders(config.sms.driver === 'carriers' ? config.sms.carriers : []),
    // Each process counts for itself: what is refused here costs it next to nothing.
    forgeries: await createAddressLimit({ clock, redisUrl: null, onRedisError: () => undefined }),
    logger,
    metrics: instruments,
    tracing,
  });
}

/** Loaded where traces go somewhere. */
async function tracingOf({ tracing, trustedProxies }: Config, logger: Logger): Promise<Tracing> {
  if (tracing === null) return noTracing;
  const { createTracing } = await import('./tracing/create-tracing.js');
  return createTracing(tracing, trustedProxies, (reason) =>
    logger.warn({ reason }, 'Traces are lost: the collector does not take them'),
  );
}
