import { afterAll, beforeAll } from 'vitest';
import type { Session } from '../../session/session.js';
import type { Challenge } from '../../sign-in/challenge.js';
import type { Factor, Setup, TwoFactor } from '../../two-factor/two-factor.js';
import type { Organization } from '../../users/user.js';
import { noPolicy } from '../../users/user.js';
import { fakeRandom } from '../fake-random.js';
import type { StoredUser } from '../memory-database.js';
import type { OpenHarness, StoreHarness } from '../store-contract.js';

/** A moment in all these tests. */
export const NOW = 1_793_620_800_000;

const random = fakeRandom();
export const newId = () => random.id();
export const newHash = () => random.token();

/** One database for a group of tests, each of which adds rows of its own. */
export function useHarness(open: OpenHarness): StoreHarness {
  let harness: StoreHarness | undefined;
  beforeAll(async () => {
    harness = await open();
  });
  afterAll(() => harness?.remove());
  return new Proxy({} as StoreHarness, {
    get(_, name: keyof StoreHarness) {
      if (!harness) throw new Error('The harness is open within tests alone.');
      return harness[name];
    },
  });
}

export async function addOrganization(
  harness: StoreHarness,
  given: Partial<Organization> = {},
): Promise<Organization> {
  const organization = {
    id: newId(),
    name: 'Demo Signage',
    ...noPolicy,
    ...given,
  };
  await harness.addOrganization(organization);
  return organization;
}

export async function addUser(harness: StoreHarness, given: Partial<StoredUser> = {}): Promise<StoredUser> {
  const id = newId();
  const user: StoredUser = {
    id,
    organizationId: given.organizationId ?? (await addOrganization(harness)).id,
    email: `${id}@demo.example`,
    name: 'Mia Member',
    role: 'MEMBER',
    passwordHash: 'hash',
    passwordSetAt: NOW,
    createdAt: NOW,
    disabledAt: null,
    lastSignInAt: null,
    ...given,
  };
  await harness.addUser(user);
  return user;
}

export function newSession(userId: string, given: Partial<Session> = {}): Session {
  return {
    id: newId(),
    userId,
    signedInAt: NOW,
    lastSeenAt: NOW,
    device: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0',
    address: '192.0.2.7',
    idleExpiresAt: NOW + 1_000,
    absoluteExpiresAt: NOW + 9_000,
    keepSignedIn: false,
    browserId: null,
    passwordConfirmedUntil: null,
    phoneChangeFreeUntil: null,
    ...given,
  };
}

/** A session that is stored, and the hash of its token. */
export async function addSession(harness: StoreHarness, userId: string, given: Partial<Session> = {}) {
  const session = newSession(userId, given);
  const tokenHash = newHash();
  await harness.stores.sessions.create(session, tokenHash);
  return { session, tokenHash };
}

export async function addChallenge(harness: StoreHarness, userId: string, given: Partial<Challenge> = {}) {
  const challenge: Challenge = {
    id: newId(),
    userId,
    transport: 'COOKIE',
    keepSignedIn: true,
    browserId: null,
    createdAt: NOW,
    expiresAt: NOW + 1_000,
    sentCode: null,
    ...given,
  };
  const tokenHash = newHash();
  await harness.stores.challenges.create(challenge, tokenHash);
  return { challenge, tokenHash };
}

export function newFactor(given: Partial<Factor> = {}): Factor {
  return {
    id: newId(),
    kind: 'TOTP',
    slot: 'PRIMARY',
    sealed: 'sealed',
    usedStep: null,
    createdAt: NOW,
    ...given,
  };
}

export function newTwoFactor(userId: string, given: Partial<TwoFactor> = {}): TwoFactor {
  return {
    userId,
    method: 'TOTP',
    enabledAt: NOW,
    lastUsedAt: null,
    recoveryCodeHash: newHash(),
    recoveryCodeCreatedAt: NOW,
    factors: [newFactor()],
    ...given,
  };
}

/** A user who has it on. */
export async function addProtectedUser(harness: StoreHarness, given: Partial<TwoFactor> = {}) {
  const user = await addUser(harness);
  const twoFactor = newTwoFactor(user.id, given);
  await harness.stores.twoFactors.replace(twoFactor);
  return { user, twoFactor };
}

export async function addSetup(harness: StoreHarness, given: Partial<Setup> = {}): Promise<Setup> {
  const userId = given.userId ?? (await addUser(harness)).id;
  const setup: Setup = {
    id: newId(),
    userId,
    sessionId: given.sessionId ?? (await addSession(harness, userId)).session.id,
    purpose: 'ENABLE',
    kind: 'SMS',
    slot: 'PRIMARY',
    sealed: 'sealed',
    sentCode: null,
    wrongCodes: 0,
    createdAt: NOW,
    expiresAt: NOW + 1_000,
    ...given,
  };
  await harness.stores.setups.replace(setup);
  return setup;
}

/** Does it that often at the same time and answers how many were told yes. */
export async function winners(times: number, attempt: () => Promise<boolean>): Promise<number> {
  const answers = await Promise.all(Array.from({ length: times }, attempt));
  return answers.filter(Boolean).length;
}
