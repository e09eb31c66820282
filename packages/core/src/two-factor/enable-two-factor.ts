import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded } from '../audit/recorded.js';
import { limitKeys } from '../limits/limit-keys.js';
import type { Notifier, Random } from '../ports.js';
import { allows } from '../policy/policy.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { SessionStore } from '../session/session-store.js';
import { stillKnown } from '../session/known-browser.js';
import type { LiveSession } from '../session/session.js';
import { CONFIRMED_FOR } from '../session/session.js';
import type { ChallengeStore } from '../sign-in/challenge-store.js';
import type { TrustedBrowserStore } from '../trusted-browsers/trusted-browser-store.js';
import type { User } from '../users/user.js';
import type { ProveSetupDeps } from './prove-setup.js';
import { proveSetup } from './prove-setup.js';
import { issueRecoveryCode } from './recovery-code.js';
import type { TwoFactorStore } from './two-factor-store.js';

export interface EnableTwoFactorDeps extends ProveSetupDeps, RecordedDeps {
  readonly random: Random;
  readonly sessions: SessionStore;
  readonly challenges: ChallengeStore;
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'endAll'>;
  readonly twoFactors: TwoFactorStore;
  readonly notifier: Notifier;
}

export interface EnableTwoFactorInput {
  readonly code: string;
  readonly setupId: string | null;
}

export interface TwoFactorEnabled {
  readonly viewer: User;
  /** Shown this once; null where the one in force stays (S42). */
  readonly recoveryCode: string | null;
  readonly browserToken: string | null;
}

/** enableTwoFactor: switches on, or over to, the method that was started in this session (S16, S20). */
export function enableTwoFactor(deps: EnableTwoFactorDeps) {
  return async (
    live: LiveSession,
    { code, setupId }: EnableTwoFactorInput,
  ): Promise<Result<TwoFactorEnabled>> => {
    const { session, user } = live;
    const enabled = await recorded(
      deps,
      attemptIn(live, 'ENABLE_TWO_FACTOR'),
      async () => {
        const now = deps.clock.now();
        // A sign-in by password alone is settled before this, and its session ended below, or after it, and challenged.
        await deps.limits.lock([limitKeys.password(deps.digest, user.email, null).account]);
        const find = async () => {
          const setup = await deps.setups.findLive(session.id, 'ENABLE', null, now);
          return setup && (setupId === null || setup.id === setupId) ? setup : null;
        };
        const proved = await proveSetup(deps, user, find, { code, factorId: deps.random.id() });
        if (!proved.ok) return proved;
        const factor = proved.value;
        if (!allows(user, factor.kind)) return fail('METHOD_NOT_ALLOWED');

        const before = await deps.twoFactors.find(user.id);
        const fresh = issueRecoveryCode(deps);
        const inForce = before ?? { recoveryCodeHash: fresh.hash, recoveryCodeCreatedAt: now };
        await deps.twoFactors.replace({
          userId: user.id,
          method: factor.kind,
          enabledAt: now,
          lastUsedAt: null,
          recoveryCodeHash: inForce.recoveryCodeHash,
          recoveryCodeCreatedAt: inForce.recoveryCodeCreatedAt,
          factors: [factor],
        });
        await deps.challenges.endAll(user.id);
        await deps.setups.endAll(user.id);
        await deps.trustedBrowsers.endAll(user.id);
        await deps.sessions.endAll(user.id, session.id, now);
        await deps.sessions.freePhoneChange(session.id, now + CONFIRMED_FOR);
        return ok({
          viewer: { ...user, twoFactorMethod: factor.kind },
          recoveryCode: before ? null : fresh.recoveryCode,
          browserToken: stillKnown(deps.digest, session, now),
          replaced: before !== null,
        });
      },
      ({ viewer }) => ({ method: viewer.twoFactorMethod }),
    );
    if (!enabled.ok) return enabled;
    const { replaced, ...value } = enabled.value;
    deps.notifier.tell(user, replaced ? 'TWO_FACTOR_CHANGED' : 'TWO_FACTOR_ENABLED');
    return ok(value);
  };
}
