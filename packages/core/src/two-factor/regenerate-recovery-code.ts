import type { Clock, Digest, Notifier, Random, Transaction } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import { passwordIsConfirmed } from '../session/session.js';
import { issueRecoveryCode } from './recovery-code.js';
import type { TwoFactorStore } from './two-factor-store.js';

export interface RegenerateRecoveryCodeDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly transaction: Transaction;
  readonly twoFactors: TwoFactorStore;
  readonly notifier: Notifier;
}

/** regenerateRecoveryCode: behind the confirmed password; the old one is dead at once. */
export function regenerateRecoveryCode(deps: RegenerateRecoveryCodeDeps) {
  return async ({ session, user }: LiveSession): Promise<Result<{ recoveryCode: string }>> => {
    const now = deps.clock.now();
    if (user.twoFactorMethod === null) return fail('TWO_FACTOR_NOT_ENABLED');
    if (!passwordIsConfirmed(session, now)) return fail('REAUTHENTICATION_REQUIRED');
    const { recoveryCode, hash } = issueRecoveryCode(deps);
    const replaced = await deps.transaction(() => deps.twoFactors.replaceRecoveryCode(user.id, hash, now));
    if (!replaced) return fail('TWO_FACTOR_NOT_ENABLED');
    deps.notifier.tell(user, 'RECOVERY_CODE_REPLACED');
    return ok({ recoveryCode });
  };
}
