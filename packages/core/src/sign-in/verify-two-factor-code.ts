import { noteCodeCameBack } from '../delivery/note-code-came-back.js';
import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOn, recorded } from '../audit/recorded.js';
import { secondFactorPolicy } from '../limits/attempt-limit.js';
import { limitKeys } from '../limits/limit-keys.js';
import type { LimitStore } from '../limits/limit-store.js';
import { lockAttempts } from '../limits/lock-attempts.js';
import { usableOf } from '../policy/policy.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { OpenSessionDeps, SignedIn } from '../session/open-session.js';
import { openSession, sessionOf } from '../session/open-session.js';
import { tellOfNewBrowser } from '../session/new-browser.js';
import type { TrustBrowserDeps } from '../trusted-browsers/trust-browser.js';
import { trustBrowser } from '../trusted-browsers/trust-browser.js';
import { mayBeTrusted } from '../trusted-browsers/trusted-browser.js';
import type { CheckCodeDeps } from '../two-factor/check-code.js';
import { checkCode } from '../two-factor/check-code.js';
import type { FactorKind } from '../two-factor/second-factor.js';
import type { TwoFactorStore } from '../two-factor/two-factor-store.js';
import type { Factor, TwoFactor } from '../two-factor/two-factor.js';
import { factorPlace } from '../two-factor/two-factor.js';
import type { User } from '../users/user.js';
import type { ChallengeStore } from './challenge-store.js';
import type { Challenge } from './challenge.js';

export interface VerifyTwoFactorCodeDeps
  extends OpenSessionDeps, TrustBrowserDeps, CheckCodeDeps, RecordedDeps {
  readonly limits: LimitStore;
  readonly challenges: ChallengeStore;
  readonly twoFactors: TwoFactorStore;
}

export interface VerifyTwoFactorCodeInput {
  readonly challengeToken: string;
  readonly code: string;
  /** The preferred one where null. */
  readonly method: FactorKind | null;
  /** Not to be asked for a code in this browser for a while, where the organisation allows it. */
  readonly trustBrowser?: boolean;
}

/**
 * verifyTwoFactorCode: finishes a sign-in with a texted code or one of the app (S33, S34, S43).
 * Attempts of an account are settled one after the other, so that as many as the limit allows are compared and no more.
 */
export function verifyTwoFactorCode(deps: VerifyTwoFactorCodeDeps) {
  return async (input: VerifyTwoFactorCodeInput): Promise<Result<SignedIn>> => {
    const { challengeToken, code, method } = input;
    const tokenHash = deps.digest.ofSecret(challengeToken);
    const found = await deps.challenges.findLive(tokenHash, deps.clock.now());
    if (!found) return fail('CHALLENGE_EXPIRED');
    const { challenge, user } = found;

    const attempt = attemptOn(user, 'VERIFY_TWO_FACTOR_CODE', { method: method ?? user.twoFactorMethod });
    const signedIn = await recorded(
      deps,
      attempt,
      async () => {
        const now = deps.clock.now();
        const attempts = await lockAttempts(
          deps.limits,
          limitKeys.secondFactor(user.id, challenge.browserId),
          secondFactorPolicy,
          now,
        );
        if (!attempts.ok) return attempts;

        const held = await deps.twoFactors.find(user.id);
        if (!held) return fail('CHALLENGE_EXPIRED');
        const twoFactor = usableOf(held, user.organization, now);
        const used = await useCode(deps, challenge, twoFactor, { code, kind: method ?? twoFactor.method });
        if (!used.ok) {
          if (!used.counts) return used;
          // A code that a parallel call has just used up with the challenge is no guess.
          if (!(await deps.challenges.findLive(tokenHash, now))) return fail('CHALLENGE_EXPIRED');
          await attempts.value.failed();
          return used;
        }
        if (!(await deps.challenges.take(challenge.id))) return fail('CHALLENGE_EXPIRED');
        await attempts.value.succeeded();
        await noteSent(deps, user, challenge, twoFactor, used.value);
        await deps.twoFactors.setLastUsedAt(user.id, now);
        const opened = await openSession(deps, user, challenge);
        const trusts = input.trustBrowser && mayBeTrusted(user, challenge);
        return ok(trusts ? { ...opened, trustToken: await trustBrowser(deps, opened) } : opened);
      },
      sessionOf,
    );
    if (signedIn.ok) tellOfNewBrowser(deps, signedIn.value);
    return signedIn;
  };
}

async function useCode(
  deps: VerifyTwoFactorCodeDeps,
  challenge: Challenge,
  twoFactor: TwoFactor,
  { code, kind }: { code: string; kind: FactorKind },
): Promise<Result<FactorKind> & { counts?: boolean }> {
  const saved = primaryOf(twoFactor, kind);
  if (!saved) return fail('INVALID_CODE', { field: 'method' });
  const { sentCode, id: boundTo } = challenge;
  const expected = { ...saved, place: factorPlace(saved.id), sentCode, boundTo };
  const checked = checkCode(deps, expected, code, deps.clock.now());
  if (!checked.ok) return checked;
  const { step } = checked.value;
  if (step === null || (await deps.twoFactors.useStep(saved.id, step))) return ok(kind);
  return { ...fail('INVALID_CODE', { field: 'code' }), counts: true };
}

/** A code by text came back, from whichever phone it was sent to. */
async function noteSent(
  deps: VerifyTwoFactorCodeDeps,
  user: User,
  { sentCode }: Challenge,
  { factors }: TwoFactor,
  kind: FactorKind,
): Promise<void> {
  const sentTo = factors.find((factor) => factor.kind === kind && factor.slot === sentCode?.slot);
  if (!sentTo) return;
  await noteCodeCameBack(
    deps,
    user.organization.id,
    { ...sentTo, place: factorPlace(sentTo.id) },
    deps.clock.now(),
  );
}

function primaryOf(twoFactor: TwoFactor, kind: FactorKind): Factor | undefined {
  return twoFactor.factors.find((factor) => factor.kind === kind && factor.slot === 'PRIMARY');
}
