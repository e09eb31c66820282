import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOn, recorded } from '../audit/recorded.js';
import type { LinkStore } from '../links/link-store.js';
import type { Clock, Notifier } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { SessionStore } from '../session/session-store.js';
import type { ChallengeStore } from '../sign-in/challenge-store.js';
import type { TrustedBrowserStore } from '../trusted-browsers/trusted-browser-store.js';
import type { EndedAccess } from '../users/deactivate-user.js';
import { endAccess } from '../users/deactivate-user.js';
import type { User } from '../users/user.js';
import type { SetupStore } from './setup-store.js';
import type { TwoFactorStore } from './two-factor-store.js';

export interface ResetTwoFactorDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly sessions: SessionStore;
  readonly challenges: ChallengeStore;
  readonly setups: SetupStore;
  readonly links: Pick<LinkStore, 'endAll'>;
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'endAll'>;
  readonly twoFactors: TwoFactorStore;
  readonly notifier: Notifier;
}

/**
 * An operator, who has made sure who asks, switches two-factor off as the recovery code does (S39): factors, phones and
 * recovery code are deleted, and all that was open ends. Also where the organisation demands it: the next sign-in then leads to setting it up.
 */
export function resetTwoFactor(deps: ResetTwoFactorDeps) {
  return async (user: User): Promise<Result<EndedAccess>> => {
    const reset = await recorded(deps, attemptOn(user, 'RESET_TWO_FACTOR'), async () => {
      if (!(await deps.twoFactors.delete(user.id))) return fail('TWO_FACTOR_NOT_ENABLED');
      return ok(await endAccess(deps, user.id));
    });
    if (reset.ok) deps.notifier.tell(user, 'TWO_FACTOR_RESET');
    return reset;
  };
}
