import { recordAlteredValue } from '@twofold/core/audit/record-altered-value';
import type { SentText } from '@twofold/core/delivery/sent-text';
import type { Cipher, Clock, Hasher, Notifier } from '@twofold/core/ports';
import { offerWayBack } from '@twofold/core/way-back/offer-way-back';
import type { Deps, Stores } from '@twofold/core/use-cases';
import type { SmsSender } from '@twofold/factors/server';
import { createFactors, createSmsSender } from '@twofold/factors/server';
import type { Logger } from 'pino';
import { createAddressLimit, passwordResets } from './adapters/address-limit.js';
import { createAesCipher } from './adapters/keys/aes-cipher.js';
import type { Argon2Hasher } from './adapters/passwords/argon2-hasher.js';
import { createArgon2Hasher } from './adapters/passwords/argon2-hasher.js';
import { createHmacDigest } from './adapters/keys/hmac-digest.js';
import { inBackground } from './adapters/in-background.js';
import { createInboxMailer } from './adapters/mail/inbox-mailer.js';
import type { KeyRing } from './adapters/keys/key-ring.js';
import type { WayBack } from './adapters/mail/mail-notifier.js';
import { createMailNotifier } from './adapters/mail/mail-notifier.js';
import type { Mailer } from './adapters/mail/mailer.js';
import type { Inbox } from './adapters/mail/memory-inbox.js';
import { nodeRandom } from './adapters/node-random.js';
import { systemClock } from './adapters/system-clock.js';
import { createZxcvbnStrength } from './adapters/passwords/zxcvbn-strength.js';
import type { Config } from './config.js';
import { clientOrigin, requestOrigin } from './http/request-origin.js';
import type { Instruments } from './metrics/instruments.js';
import type { Database } from './store/data-source.js';
import { sealedValues } from './store/keys/sealed-values.js';
import { createStores } from './store/stores.js';
import type { Tracing } from './tracing/tracing.js';

/** What a test puts in the place of the world outside: time, carriers, and the cost of a hash. */
export interface Outside {
  readonly clock?: Clock;
  readonly hasher?: Hasher;
  readonly smsSender?: SmsSender;
  readonly mailer?: Mailer;
}

/** What is there before the rules are. */
export interface Ground {
  readonly config: Config;
  readonly logger: Logger;
  readonly tracing: Tracing;
  readonly database: Database;
  readonly ring: KeyRing;
  readonly inbox: Inbox;
}

export interface ComposedDeps {
  readonly deps: Deps;
  /** What is counted, where the configuration asks for it. */
  readonly instruments: Instruments | null;
  /** Ends what goes on behind the requests, and lets go of what is connected. */
  close(): Promise<void>;
}

/** What the rules need, each port by the part that the configuration, or a test, has chosen for it. */
export async function composeDeps(ground: Ground, outside: Outside): Promise<ComposedDeps> {
  const { config, logger, tracing, database, ring } = ground;
  const clock = outside.clock ?? systemClock;
  const hasher = outside.hasher ?? createArgon2Hasher();
  const instruments = config.metrics === null ? null : await instrumentsOf(hasher);
  const byAddress = {
    clock,
    redisUrl: config.redisUrl,
    onRedisError: (error: Error) =>
      logger.error({ err: error }, 'Redis is out of reach: addresses are counted in this process'),
  };
  const addressLimit = await createAddressLimit(byAddress);
  const resetAddressLimit = await createAddressLimit({ ...byAddress, counting: passwordResets });
  const stores = storesOf(ground, clock, instruments);
  const cipher = cipherOf(ground, stores);
  const digest = createHmacDigest(ring);
  const wayBack = offerWayBack({ clock, random: nodeRandom, digest, links: stores.links });
  const mailing = await mailingOf(ground, outside, { clock, wayBack });
  const smsSender = tracing.calls(outside.smsSender ?? smsSenderOf(ground), 'text', ['send']);
  const deps: Deps = {
    ...stores,
    clock,
    random: nodeRandom,
    cipher: cipher.cipher,
    digest,
    hasher: tracing.calls(hasher, 'password', ['hash', 'verify']),
    strength: tracing.calls(createZxcvbnStrength(), 'password', ['isStrong']),
    notifier: mailing.notifier,
    origin: clientOrigin,
    addressLimit: tracing.calls(addressLimit, 'address limit', ['take', 'giveBack']),
    resetAddressLimit: tracing.calls(resetAddressLimit, 'address limit', ['take']),
    transaction: database.transaction,
    factors: createFactors({
      random: nodeRandom,
      smsCountries: config.smsCountries,
      publicHost: new URL(config.publicUrl).hostname,
      smsSender: instruments?.countingTexts(smsSender) ?? smsSender,
      onSmsFailure: (error) => logger.error({ err: error }, 'A text message could not be sent'),
    }),
  };
  return {
    deps,
    instruments,
    async close() {
      await mailing.settled();
      await cipher.settled();
      addressLimit.close();
      resetAddressLimit.close();
    },
  };
}

function storesOf({ database, logger }: Ground, clock: Clock, instruments: Instruments | null): Stores {
  const stores = createStores(database, { clock, random: nodeRandom, origin: requestOrigin.get });
  return {
    ...stores,
    audit: instruments?.countingAttempts(stores.audit) ?? stores.audit,
    sentTexts: {
      ...stores.sentTexts,
      remember: (text: SentText) =>
        stores.sentTexts.remember(text).catch((error: unknown) => {
          logger.warn({ err: error }, 'A text was sent, and its delivery report will not be known');
        }),
    },
  };
}

/** A value that does not open is written to the audit log apart, since what it belonged to is rolled back. */
function cipherOf(
  { database, logger, ring }: Ground,
  stores: Stores,
): { readonly cipher: Cipher; settled(): Promise<void> } {
  const sealed = sealedValues(database);
  const recordAltered = recordAlteredValue({ ...stores, transaction: database.transaction });
  const recording = inBackground((error) =>
    logger.error({ err: error }, 'That a sealed value does not open could not be written to the audit log'),
  );
  const cipher = createAesCipher(ring, ({ place, reason }) => {
    logger.error({ place, reason }, 'A sealed value does not open');
    recording.start(() =>
      database.apart(async () => {
        const owner = await sealed.ownerOf(place);
        if (owner) await recordAltered(owner);
      }),
    );
  });
  return { cipher, settled: () => recording.settled() };
}

async function mailingOf(
  { config, logger, tracing, inbox }: Ground,
  outside: Outside,
  { clock, wayBack }: { readonly clock: Clock; readonly wayBack: WayBack },
): Promise<{ readonly notifier: Notifier; settled(): Promise<void> }> {
  const background = inBackground((error) => logger.error({ err: error }, 'A mail could not be sent'));
  const notifier = createMailNotifier({
    mailer: tracing.calls(outside.mailer ?? (await mailerOf(config, inbox)), 'mail', ['send']),
    clock,
    publicUrl: config.publicUrl,
    background,
    wayBack: (owner, notice) =>
      wayBack(owner, notice).catch((error: unknown) => {
        logger.error({ err: error }, 'A mail goes out without the link back');
        return null;
      }),
  });
  return { notifier, settled: () => background.settled() };
}

/** SMTP is loaded where mails go out. */
async function mailerOf({ mail }: Config, inbox: Inbox): Promise<Mailer> {
  if (mail.driver === 'inbox') return createInboxMailer(inbox);
  const { createSmtpMailer } = await import('./adapters/mail/smtp-mailer.js');
  return createSmtpMailer(mail);
}

function smsSenderOf({ config: { sms, publicUrl }, inbox, logger }: Ground): SmsSender {
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
