import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOn, recorded } from '../audit/recorded.js';
import { secondFactorPolicy } from '../limits/attempt-limit.js';
import { limitKeys } from '../limits/limit-keys.js';
import { lockAttempts } from '../limits/lock-attempts.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { OpenSessionDeps, SignedIn } from '../session/open-session.js';
import { openSession, sessionOf } from '../session/open-session.js';
import { parseRecoveryCode } from '../two-factor/recovery-code.js';
import type { SetupStore } from '../two-factor/setup-store.js';
import type { TwoFactorStore } from '../two-factor/two-factor-store.js';
import type { TrustedBrowserStore } from '../trusted-browsers/trusted-browser-store.js';
import type { ChallengeStore } from './challenge-store.js';

export interface VerifyRecoveryCodeDeps extends OpenSessionDeps, RecordedDeps {
  readonly challenges: ChallengeStore;
  readonly twoFactors: TwoFactorStore;
  readonly setups: SetupStore;
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'endAll'>;
}

export interface VerifyRecoveryCodeInput {
  readonly challengeToken: string;
  readonly recoveryCode: string;
}

/**
 * verifyRecoveryCode: finishes a sign-in, and switches two-factor off with all that belongs to it (S38, S39).
 * A typing error that the check symbol finds costs no attempt; a wrong code does, of ten of its own (S41).
 */
export function verifyRecoveryCode(deps: VerifyRecoveryCodeDeps) {
  return async ({ challengeToken, recoveryCode }: VerifyRecoveryCodeInput): Promise<Result<SignedIn>> => {
    const tokenHash = deps.digest.ofSecret(challengeToken);
    const found = await deps.challenges.findLive(tokenHash, deps.clock.now());
    if (!found) return fail('CHALLENGE_EXPIRED');
    const { challenge, user } = found;

    const signedIn = await recorded(
      deps,
      attemptOn(user, 'VERIFY_RECOVERY_CODE'),
      async () => {
        const now = deps.clock.now();
        const attempts = await lockAttempts(
          deps.limits,
          limitKeys.recoveryCode(user.id, challenge.browserId),
          secondFactorPolicy,
          now,
        );
        if (!attempts.ok) return attempts;

        const parsed = parseRecoveryCode(recoveryCode);
        if (parsed === null) return fail('INVALID_CODE', { field: 'recoveryCode' });
        const hash = deps.digest.ofSecret(parsed);
        const twoFactor = await deps.twoFactors.find(user.id);
        if (!twoFactor) return fail('CHALLENGE_EXPIRED');
        if (twoFactor.recoveryCodeHash !== hash) {
          await attempts.value.failed();
          return fail('INVALID_CODE', { field: 'recoveryCode' });
        }
        if (!(await deps.challenges.take(challenge.id))) return fail('CHALLENGE_EXPIRED');
        if (!(await deps.twoFactors.delete(user.id, hash)))
          return fail('INVALID_CODE', { field: 'recoveryCode' });
        await attempts.value.succeeded();
        await deps.challenges.endAll(user.id);
        await deps.setups.endAll(user.id);
        await deps.trustedBrowsers.endAll(user.id);
        await deps.sessions.endAll(user.id, null, now);
        return ok(await openSession(deps, { ...user, twoFactorMethod: null }, challenge));
      },
      sessionOf,
    );
    if (signedIn.ok) deps.notifier.tell(user, 'RECOVERY_CODE_USED');
    return signedIn;
  };
}
