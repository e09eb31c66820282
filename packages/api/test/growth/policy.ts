import { remindOfPolicy } from '@twofold/core/policy/remind-of-policy';
import { DAY } from '@twofold/core/ports';
import type { Transaction } from '@twofold/core/ports';
import type { LiveSession } from '@twofold/core/session/session';
import { fakeNotifier } from '@twofold/core/testing/fake-notifier';
import type { Stores } from '@twofold/core/use-cases';
import type { Fixture } from '../faults/fixture.js';
import { done } from '../faults/fixture.js';

/** An administrator sets a deadline for a whole organisation, and everybody whom it concerns is told. */
export async function setPolicy(
  { useCases, clock }: Pick<Fixture, 'useCases' | 'clock'>,
  { policies }: Pick<Stores, 'policies'>,
  transaction: Transaction,
  { session, user }: LiveSession,
): Promise<void> {
  const now = clock.now();
  const live = { user, session: { ...session, passwordConfirmedUntil: now + DAY } };
  const policy = {
    ...{ twoFactorRequired: true, requiredFrom: now + 30 * DAY, trustedBrowsersAllowed: true },
    allowedMethods: ['SMS'],
  };
  const { version } = await useCases.viewPolicy(user);
  done(await useCases.previewPolicy(live, policy));
  done(await useCases.updatePolicy(live, { ...policy, version }));
  await remindOfPolicy({ policies, clock, transaction, notifier: fakeNotifier() })();
}
