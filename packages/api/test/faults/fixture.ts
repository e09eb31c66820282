import type { Deps, Stores, UseCases } from '@twofold/core/use-cases';
import { createUseCases } from '@twofold/core/use-cases';
import { fakeAddressLimit } from '@twofold/core/testing/fake-address-limit';
import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import { fakeNotifier } from '@twofold/core/testing/fake-notifier';
import { fakePasswordStrength } from '@twofold/core/testing/fake-password-strength';
import type { FixedClock } from '@twofold/core/testing/fixed-clock';
import { fixedClock } from '@twofold/core/testing/fixed-clock';
import type { LiveSession } from '@twofold/core/session/session';
import { createFactors } from '@twofold/factors/server';
import { createAesCipher } from '../../src/adapters/keys/aes-cipher.js';
import { createHmacDigest } from '../../src/adapters/keys/hmac-digest.js';
import { createKeyRing } from '../../src/adapters/keys/key-ring.js';
import { nodeRandom } from '../../src/adapters/node-random.js';
import type { Database } from '../../src/store/data-source.js';
import { createStores } from '../../src/store/stores.js';
import { seedOrganization, seedUser } from '../databases/open-test-database.js';
import { App } from '../harness/client.js';
import { testKey } from '../harness/open-service.js';
import type { Outbox } from '../harness/outbox.js';
import { createOutbox } from '../harness/outbox.js';
import { PASSWORD } from '../harness/password.js';

/** The rules over the real stores, without HTTP, and people to try them on. */
export interface Fixture {
  readonly clock: FixedClock;
  readonly outbox: Outbox;
  /** How many mails the owners of accounts were sent. */
  mails(): number;
  readonly useCases: UseCases;
  /** The same rules and the same outside, over another database. `through` may put itself before its stores. */
  over(database: Database, through?: (stores: Stores) => Stores): UseCases;
  newPhone(): string;
  /** A user without two-factor. Answers the email. */
  user(): Promise<string>;
  session(email: string): Promise<LiveSession>;
  reload(token: string): Promise<LiveSession>;
}

export async function openFixture(database: Database): Promise<Fixture> {
  const clock = fixedClock();
  const outbox = createOutbox();
  const notifier = fakeNotifier();
  const hasher = fakeHasher();
  const ring = createKeyRing([{ id: 'test', key: testKey }]);
  const outside: Omit<Deps, keyof ReturnType<typeof createStores> | 'transaction'> = {
    clock,
    notifier,
    hasher,
    random: nodeRandom,
    cipher: createAesCipher(ring, () => undefined),
    digest: createHmacDigest(ring),
    strength: fakePasswordStrength(),
    addressLimit: fakeAddressLimit(clock),
    resetAddressLimit: fakeAddressLimit(clock),
    origin: () => ({ address: null, device: null }),
    factors: createFactors({
      random: nodeRandom,
      smsCountries: [],
      publicHost: 'dashboard.example',
      smsSender: outbox.smsSender,
      onSmsFailure: () => undefined,
    }),
  };
  const over: Fixture['over'] = (on, through = (stores) => stores) => {
    const stores = createStores(on, { clock, random: nodeRandom, origin: () => null });
    return createUseCases({ ...outside, ...through(stores), transaction: on.transaction });
  };
  const useCases = over(database);
  const { id: organizationId } = await seedOrganization(database);
  const passwordHash = await hasher.hash(PASSWORD);
  let phones = 0;
  const fixture: Fixture = {
    clock,
    outbox,
    mails: () => notifier.told.length,
    useCases,
    over,
    newPhone: () => `+49151${String(23_400_000 + phones++)}`,
    user: async () => (await seedUser(database, { organizationId, passwordHash })).email,
    async session(email) {
      const arrived = await arrive(fixture, email);
      if (arrived.outcome !== 'SIGNED_IN') throw new Error('A second factor is asked for.');
      return fixture.reload(arrived.token);
    },
    async reload(token) {
      const live = await useCases.useSession(token);
      if (!live) throw new Error('The session is gone.');
      return live;
    },
  };
  return fixture;
}

/** signIn, with the right password where none is given. Throws where it is refused. */
export async function arrive({ useCases }: Fixture, email: string, password = PASSWORD) {
  const input = {
    email,
    password,
    transport: 'BEARER',
    keepSignedIn: false,
    address: '::1',
    browserTokens: [],
    trustTokens: [],
  } as const;
  return done(await useCases.signIn(input));
}

/** The value of a result that must not be a Problem. */
export function done<T>(result: { ok: true; value: T } | { ok: false; problem: { code: string } }): T {
  if (!result.ok) throw new Error(`A Problem: ${result.problem.code}`);
  return result.value;
}

/** `DONE`, or the code of the Problem. */
export async function ended(
  work: Promise<{ ok: true } | { ok: false; problem: { code: string } }>,
): Promise<string> {
  const result = await work;
  return result.ok ? 'DONE' : result.problem.code;
}

/** The token of a sign-in that waits for its second factor. */
export async function challenge(fixture: Fixture, email: string): Promise<string> {
  const arrived = await arrive(fixture, email);
  if (arrived.outcome !== 'CHALLENGE') throw new Error('No second factor is asked for.');
  return arrived.challengeToken;
}

/** Begins to set an app up. */
export async function scanned({ useCases, clock }: Fixture, live: LiveSession): Promise<App> {
  const start = { method: 'TOTP', phoneNumber: null, defaultCountry: null } as const;
  const started = done(await useCases.startTwoFactor(live, start));
  if (started.outcome !== 'SCAN') throw new Error('There is nothing to scan.');
  return new App(started.manualKey, () => clock.now());
}

/** Somebody who has it on, and the session in which it was switched on. */
export interface Protected {
  readonly email: string;
  readonly token: string;
  readonly recoveryCode: string;
}

export async function textUser(fixture: Fixture): Promise<Protected> {
  const { useCases, outbox } = fixture;
  const email = await fixture.user();
  const arrived = await arrive(fixture, email);
  if (arrived.outcome !== 'SIGNED_IN') throw new Error('A second factor is asked for.');
  const start = { method: 'SMS', phoneNumber: fixture.newPhone(), defaultCountry: null } as const;
  done(await useCases.startTwoFactor(await fixture.reload(arrived.token), start));
  return {
    email,
    token: arrived.token,
    recoveryCode: await enable(fixture, arrived.token, outbox.lastCode()),
  };
}

export async function appUser(fixture: Fixture): Promise<Protected & { readonly app: App }> {
  const email = await fixture.user();
  const arrived = await arrive(fixture, email);
  if (arrived.outcome !== 'SIGNED_IN') throw new Error('A second factor is asked for.');
  const app = await scanned(fixture, await fixture.reload(arrived.token));
  const recoveryCode = await enable(fixture, arrived.token, app.code());
  // The step of the set-up is used; the next sign-in takes a later one.
  fixture.clock.advance(30_000);
  return { email, token: arrived.token, app, recoveryCode };
}

async function enable({ useCases, reload }: Fixture, token: string, code: string): Promise<string> {
  const enabled = done(await useCases.enableTwoFactor(await reload(token), { code, setupId: null }));
  if (enabled.recoveryCode === null) throw new Error('There is no recovery code.');
  return enabled.recoveryCode;
}
