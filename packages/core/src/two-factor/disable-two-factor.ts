import { attemptIn, refused } from '../audit/recorded.js';
import type { Notifier } from '../ports.js';
import type { Failure, Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { OwnPasswordDeps } from '../session/check-own-password.js';
import { checkOwnPassword } from '../session/check-own-password.js';
import type { LiveSession } from '../session/session.js';
import type { ChallengeStore } from '../sign-in/challenge-store.js';
import type { TrustedBrowserStore } from '../trusted-browsers/trusted-browser-store.js';
import type { User } from '../users/user.js';
import type { SetupStore } from './setup-store.js';
import type { TwoFactorStore } from './two-factor-store.js';

export interface DisableTwoFactorDeps extends OwnPasswordDeps {
  readonly challenges: ChallengeStore;
  readonly setups: SetupStore;
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'endAll'>;
  readonly twoFactors: TwoFactorStore;
  readonly notifier: Notifier;
}

/** disableTwoFactor: behind the password; secret, phones and recovery code are deleted (S29, S30). */
export function disableTwoFactor(deps: DisableTwoFactorDeps) {
  return async (live: LiveSession, password: string): Promise<Result<{ viewer: User }>> => {
    const { user } = live;
    const refusal = refusalOf(user);
    if (refusal) return refused(deps, attemptIn(live, 'DISABLE_TWO_FACTOR'), refusal);
    const own = { action: 'DISABLE_TWO_FACTOR', password, field: 'password' } as const;
    const disabled = await checkOwnPassword(deps, live, own, async () => {
      if (!(await deps.twoFactors.delete(user.id))) return fail('TWO_FACTOR_NOT_ENABLED');
      await deps.challenges.endAll(user.id);
      await deps.setups.endAll(user.id);
      await deps.trustedBrowsers.endAll(user.id);
      return ok({ viewer: { ...user, twoFactorMethod: null } });
    });
    if (disabled.ok) deps.notifier.tell(user, 'TWO_FACTOR_DISABLED');
    return disabled;
  };
}

function refusalOf(user: User): Failure | null {
  if (user.twoFactorMethod === null) return fail('TWO_FACTOR_NOT_ENABLED');
  return user.organization.twoFactorRequired ? fail('TWO_FACTOR_REQUIRED') : null;
}
