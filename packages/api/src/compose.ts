import { fileURLToPath } from 'node:url';
import { recordAlteredValue } from '@twofold/core/audit/record-altered-value';
import type { SentText } from '@twofold/core/delivery/sent-text';
import type { Clock, Hasher } from '@twofold/core/ports';
import type { Deps, UseCases } from '@twofold/core/use-cases';
import { createUseCases } from '@twofold/core/use-cases';
import type { SmsSender } from '@twofold/factors/server';
import { createFactors, createReportReaders, createSmsSender } from '@twofold/factors/server';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createAddressLimit } from './adapters/address-limit.js';
import { createAesCipher } from './adapters/aes-cipher.js';
import type { Argon2Hasher } from './adapters/argon2-hasher.js';
import { createArgon2Hasher } from './adapters/argon2-hasher.js';
import { createHmacDigest } from './adapters/hmac-digest.js';
import { createInboxMailer } from './adapters/inbox-mailer.js';
import { loadOrCreateKeys } from './adapters/key-file.js';
import { checkKeyRing } from './adapters/key-ring-check.js';
import { createKeyRing } from './adapters/key-ring.js';
import { createMailNotifier } from './adapters/mail-notifier.js';
import type { Mailer } from './adapters/mailer.js';
import type { Inbox } from './adapters/memory-inbox.js';
import { createMemoryInbox } from './adapters/memory-inbox.js';
import { nodeRandom } from './adapters/node-random.js';
import { systemClock } from './adapters/system-clock.js';
import { createZxcvbnStrength } from './adapters/zxcvbn-strength.js';
import type { Config } from './config.js';
import { seedDemo } from './demo/seed-demo.js';
import { createSchema } from './graph/schema.js';
import { knownBrowserCookies } from './http/known-browser-cookie.js';
import { requestOrigin } from './http/request-origin.js';
import { createServer } from './http/server.js';
import { sessionCookies } from './http/session-cookie.js';
import { inBackground } from './adapters/in-background.js';
import { keepHouse } from './housekeeping.js';
import type { Instruments } from './metrics/instruments.js';
import type { Database } from './store/data-source.js';
import { openDatabase } from './store/data-source.js';
import { untilAvailable } from './store/database-unavailable.js';
import { keyCheckStore } from './store/key-check.store.js';
import { sealedValues } from './store/sealed-values.js';
import { createStores } from './store/stores.js';
import type { Tracing } from './tracing/tracing.js';
import { noTracing } from './tracing/tracing.js';

/** What a test puts in the place of the world outside: time, carriers, and the cost of a hash. */
export interface Outside {
  readonly clock?: Clock;
  readonly hasher?: Hasher;
  readonly smsSender?: SmsSender;
  readonly mailer?: Mailer;
}

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

/** The only place that knows every concrete part. */
export async function compose(config: Config, plainLogger: Logger, outside: Outside = {}): Promise<Service> {
  const tracing = await tracingOf(config, plainLogger);
  const logger = tracing.logger(plainLogger);
  const clock = outside.clock ?? systemClock;
  const hasher = outside.hasher ?? createArgon2Hasher();
  const instruments = config.metrics === null ? null : await instrumentsOf(hasher);
  const ring = createKeyRing(config.encryptionKeys ?? loadOrCreateKeys(config.keyFile));
  const inbox = createMemoryInbox(clock);
  const database = tracing.database(await openDatabase(config.databaseUrl, config.databaseReplicaUrls));
  const mailing = inBackground((error) => logger.error({ err: error }, 'A mail could not be sent'));
  const notifier = createMailNotifier({
    mailer: tracing.calls(outside.mailer ?? (await mailerOf(config, inbox)), 'mail', ['send']),
    clock,
    publicUrl: config.publicUrl,
    background: mailing,
  });
  const smsSender = tracing.calls(outside.smsSender ?? smsSenderOf(config, inbox, logger), 'text', ['send']);
  const addressLimit = await createAddressLimit({
    clock,
    redisUrl: config.redisUrl,
    onRedisError: (error) =>
      logger.error({ err: error }, 'Redis is out of reach: addresses are counted in this process'),
  });
  const plain = createStores(database, { clock, random: nodeRandom, origin: requestOrigin.get });
  const stores = {
    ...plain,
    audit: instruments?.countingAttempts(plain.audit) ?? plain.audit,
    sentTexts: {
      ...plain.sentTexts,
      remember: (text: SentText) =>
        plain.sentTexts.remember(text).catch((error: unknown) => {
          logger.warn({ err: error }, 'A text was sent, and its delivery report will not be known');
        }),
    },
  };
  const sealed = sealedValues(database);
  const auditing = inBackground((error) =>
    logger.error({ err: error }, 'That a sealed value does not open could not be written to the audit log'),
  );
  const recordAltered = recordAlteredValue({ ...stores, transaction: database.transaction });
  const deps: Deps = {
    ...stores,
    clock,
    random: nodeRandom,
    cipher: createAesCipher(ring, ({ place, reason }) => {
      logger.error({ place, reason }, 'A sealed value does not open');
      auditing.start(() =>
        database.apart(async () => {
          const owner = await sealed.ownerOf(place);
          if (owner) await recordAltered(owner);
        }),
      );
    }),
    digest: createHmacDigest(ring),
    hasher: tracing.calls(hasher, 'password', ['hash', 'verify']),
    strength: tracing.calls(createZxcvbnStrength(), 'password', ['isStrong']),
    notifier,
    addressLimit: tracing.calls(addressLimit, 'address limit', ['take', 'giveBack']),
    transaction: database.transaction,
    factors: createFactors({
      random: nodeRandom,
      smsCountries: config.smsCountries,
      publicHost: new URL(config.publicUrl).hostname,
      smsSender: instruments?.countingTexts(smsSender) ?? smsSender,
      onSmsFailure: (error) => logger.error({ err: error }, 'A text message could not be sent'),
    }),
  };
  const development = config.environment === 'development';
  const useCases = createUseCases(deps);
  const app = await createServer({
    schema: tracing.schema(createSchema()),
    useCases: tracing.calls(useCases, 'use case', Object.keys(useCases) as (keyof UseCases)[]),
    cookies: sessionCookies(config.publicUrl),
    knownBrowsers: knownBrowserCookies(config.publicUrl),
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
      const stored = { checks: keyCheckStore(database), values: sealed };
      await untilAvailable(() => database.migrate().then(() => checkKeyRing(ring, stored)), {
        ...(signal && { signal }),
        onRetry,
      });
      endHousekeeping = keepHouse({ database, clock, digest: deps.digest, logger });
      return { seeded: config.demoSeed && (await seedDemo({ ...deps, sql: database.sql })) };
    },
    async close() {
      await app.close();
      await endHousekeeping();
      await mailing.settled();
      await auditing.settled();
      await tracing.close();
      addressLimit.close();
      await database.close();
    },
  };
}

/** SMTP is loaded where mails go out. */
async function mailerOf({ mail }: Config, inbox: Inbox): Promise<Mailer> {
  if (mail.driver === 'inbox') return createInboxMailer(inbox);
  const { createSmtpMailer } = await import('./adapters/smtp-mailer.js');
  return createSmtpMailer(mail);
}

function smsSenderOf({ sms, publicUrl }: Config, inbox: Inbox, logger: Logger): SmsSender {
  if (sms.driver === 'inbox') return createSmsSender({ driver: 'inbox', inbox });
  return createSmsSender({
    ...sms,
    publicUrl,
    onPassedOver: (error) =>
      logger.warn({ err: error }, 'A carrier refused a text message: the next one is asked'),
  });
}

/** Loaded where somebody counts. */
async function instrumentsOf(hasher: Hasher | Argon2Hasher): Promise<Instruments> {
  const { createInstruments } = await import('./metrics/instruments.js');
  return createInstruments('waiting' in hasher ? hasher.waiting : () => 0);
}

/** Loaded where traces go somewhere. */
async function tracingOf({ tracing, trustedProxies }: Config, logger: Logger): Promise<Tracing> {
  if (tracing === null) return noTracing;
  const { createTracing } = await import('./tracing/create-tracing.js');
  return createTracing(tracing, trustedProxies, (reason) =>
    logger.warn({ reason }, 'Traces are lost: the collector does not take them'),
  );
}
