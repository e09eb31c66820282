import { randomBytes } from 'node:crypto';
import { MINUTE } from '@twofold/core/ports';
import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import type { FixedClock } from '@twofold/core/testing/fixed-clock';
import { fixedClock } from '@twofold/core/testing/fixed-clock';
import type { Organization } from '@twofold/core/users/user';
import { pino } from 'pino';
import type { Outside, Service } from '../../src/compose.js';
import { compose } from '../../src/compose.js';
import type { Config } from '../../src/config.js';
import { addressOf } from '../../src/http/server.js';
import type { NewUser } from '../../src/store/users/create-account.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { seedOrganization, seedUser } from '../databases/open-test-database.js';
import { Client } from './client.js';
import type { Outbox } from './outbox.js';
import { createOutbox } from './outbox.js';
import { PASSWORD } from './password.js';

/** The whole service, listening on a free port, with a clock that stands still and carriers that remember. */
export interface TestService {
  readonly url: string;
  readonly clock: FixedClock;
  readonly outbox: Outbox;
  readonly service: Service;
  /** Every line that was logged. */
  readonly log: readonly string[];
  /** A program without a session. */
  client(): Client;
  /** A program that has signed in, as a user without two-factor. */
  signedIn(email: string): Promise<Client>;
  /** A new organisation and its people; the password of all is PASSWORD. */
  organization(given?: Partial<Organization>): Promise<TestOrganization>;
  close(): Promise<void>;
}

export interface TestOrganization extends Organization {
  user(given?: Partial<NewUser>): Promise<NewUser>;
}

export async function openService(
  database: TestDatabase,
  changes: { config?: Partial<Config>; outside?: Outside; sharing?: TestService } = {},
): Promise<TestService> {
  const clock = changes.sharing?.clock ?? fixedClock();
  const outbox = changes.sharing?.outbox ?? createOutbox();
  const hasher = fakeHasher();
  const log: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) });
  const outside = { clock, hasher, smsSender: outbox.smsSender, mailer: outbox.mailer, ...changes.outside };
  const service = await compose({ ...testConfig(database.url), ...changes.config }, logger, outside);
  await service.app.listen({ host: '127.0.0.1', port: 0 });
  await service.prepare().catch(async (refusal: unknown) => {
    await service.close();
    throw refusal;
  });
  const url = addressOf(service.app);
  const client = () => new Client(url);

  return {
    url,
    clock,
    outbox,
    service,
    log,
    client,
    async signedIn(email) {
      const program = client();
      const signedIn = await program.signIn(email);
      if (signedIn.__typename !== 'SignedIn') throw new Error(`signIn answered ${signedIn.__typename}`);
      return program;
    },
    async organization(given = {}) {
      const organization = await seedOrganization(service.database, given);
      const passwordHash = await hasher.hash(PASSWORD);
      return {
        ...organization,
        user: (user = {}) =>
          seedUser(service.database, { organizationId: organization.id, passwordHash, ...user }),
      };
    },
    close: () => service.close(),
  };
}

export const testKey = randomBytes(32);

function testConfig(databaseUrl: string): Config {
  return {
    environment: 'development',
    host: '127.0.0.1',
    port: 0,
    databaseUrl,
    databaseReplicaUrls: [],
    demoSeed: false,
    publicUrl: 'http://dashboard.example',
    encryptionKeys: [{ id: 'test', key: testKey }],
    keyFile: '',
    sms: { driver: 'inbox' },
    mail: { driver: 'inbox', from: 'Twofold <no-reply@dashboard.example>' },
    smsCountries: [],
    corsOrigins: [],
    trustedProxies: [],
    redisUrl: null,
    metrics: null,
    tracing: null,
    logLevel: 'trace',
  };
}

/** Longer than a step of an authenticator app and than the pause between two texts. */
export const A_WHILE = MINUTE;
