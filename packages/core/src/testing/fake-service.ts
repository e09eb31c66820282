import type { SignInInput } from '../sign-in/sign-in.js';
import type { LiveSession } from '../session/session.js';
import type { UseCases } from '../use-cases.js';
import { createUseCases } from '../use-cases.js';
import type { Organization } from '../users/user.js';
import { noPolicy } from '../users/user.js';
import { fakeAddressLimit } from './fake-address-limit.js';
import { fakeCipher } from './fake-cipher.js';
import { fakeDigest } from './fake-digest.js';
import type { FakeFactors } from './fake-factors.js';
import { fakeFactors } from './fake-factors.js';
import { fakeHasher } from './fake-hasher.js';
import { fakeNotifier } from './fake-notifier.js';
import { fakePasswordStrength } from './fake-password-strength.js';
import { fakeRandom } from './fake-random.js';
import type { FixedClock } from './fixed-clock.js';
import { fixedClock } from './fixed-clock.js';
import { memoryStores } from './memory-stores.js';

export const PASSWORD = 'a quiet harbour at dawn';

/** All the rules, over stores in memory, with a clock that stands still. */
export interface FakeService extends UseCases {
  readonly clock: FixedClock;
  readonly factors: FakeFactors;
  readonly notifier: ReturnType<typeof fakeNotifier>;
  addUser(name: string, organization?: Partial<Organization>): Promise<string>;
  /** signIn with the right password; the rest as given. */
  arrive(email: string, input?: Partial<SignInInput>): ReturnType<UseCases['signIn']>;
  /** The session of a user without two-factor. */
  sessionOf(email: string): Promise<LiveSession>;
}

export function fakeService(): FakeService {
  const memory = memoryStores();
  const clock = fixedClock();
  const factors = fakeFactors();
  const notifier = fakeNotifier();
  const hasher = fakeHasher();
  const useCases = createUseCases({
    ...memory.stores,
    transaction: memory.transaction,
    clock,
    factors,
    notifier,
    hasher,
    random: fakeRandom(),
    cipher: fakeCipher(),
    digest: fakeDigest(),
    strength: fakePasswordStrength(),
    addressLimit: fakeAddressLimit(clock),
    resetAddressLimit: fakeAddressLimit(clock),
    origin: () => ({ address: '192.0.2.7', device: 'a test' }),
  });
  const arrive: FakeService['arrive'] = (email, input = {}) =>
    useCases.signIn({
      email,
      password: PASSWORD,
      transport: 'BEARER',
      keepSignedIn: false,
      address: '::1',
      browserTokens: [],
      trustTokens: [],
      ...input,
    });

  return {
    ...useCases,
    clock,
    factors,
    notifier,
    arrive,
    async addUser(name, organization = {}) {
      const id = `org-of-${name}`;
      const email = `${name}@core.example`;
      await memory.addOrganization({
        id,
        name: id,
        ...noPolicy,
        ...organization,
      });
      const passwordHash = await hasher.hash(PASSWORD);
      const person = {
        id: name,
        organizationId: organization.id ?? id,
        email,
        name,
        role: 'MEMBER',
      } as const;
      await memory.addUser({
        ...person,
        passwordHash,
        passwordSetAt: 0,
        disabledAt: null,
        createdAt: 0,
        lastSignInAt: null,
      });
      return email;
    },
    async sessionOf(email) {
      const arrived = await arrive(email);
      if (!arrived.ok || arrived.value.outcome !== 'SIGNED_IN') throw new Error('There is no session.');
      const live = await useCases.useSession(arrived.value.token);
      if (!live) throw new Error('The session is gone.');
      return live;
    },
  };
}

/** The value of a result that must not be a problem. */
export function valueOf<T>(result: { ok: true; value: T } | { ok: false; problem: { code: string } }): T {
  if (!result.ok) throw new Error(`A problem: ${result.problem.code}`);
  return result.value;
}
