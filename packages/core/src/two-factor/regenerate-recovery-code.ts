import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded } from '../audit/recorded.js';
import type { Clock, Digest, Notifier, Random } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import { passwordIsConfirmed } from '../session/session.js';
import { issueRecoveryCode } from './recovery-code.js';
import type { TwoFactorStore } from './two-factor-store.js';

export interface RegenerateRecoveryCodeDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly twoFactors: TwoFactorStore;
  readonly notifier: Notifier;
}

/** regenerateRecoveryCode: behind the confirmed password; the old one is dead at once. */
export function regenerateRecoveryCode(deps: RegenerateRecoveryCodeDeps) {
  return async (live: LiveSession): Promise<Result<{ recoveryCode: string }>> => {
    const { session, user } = live;
    const regenerated = await recorded(deps, attemptIn(live, 'REGENERATE_RECOVERY_CODE'), async () => {
      const now = deps.clock.now();
      if (user.twoFactorMethod === null) return fail('TWO_FACTOR_NOT_ENABLED');
      if (!passwordIsConfirmed(session, now)) return fail('REAUTHENTICATION_REQUIRED');
      const { recoveryCode, hash } = issueRecoveryCode(deps);
      const replaced = await deps.twoFactors.replaceRecoveryCode(user.id, hash, now);
      return replaced ? ok({ recoveryCode }) : fail('TWO_FACTOR_NOT_ENABLED');
    });
    if (regenerated.ok) deps.notifier.tell(user, 'RECOVERY_CODE_REPLACED');
    return regenerated;
  };
}
