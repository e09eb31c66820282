import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOn, recorded } from '../audit/recorded.js';
import type { CodeDelivery, DeliveryDeps } from '../delivery/prepare-code.js';
import { prepareCode } from '../delivery/prepare-code.js';
import { usableOf } from '../policy/policy.js';
import type { Cipher, Clock } from '../ports.js';
import type { Result } from '../result.js';
import { fail } from '../result.js';
import type { FactorRegistry, Slot } from '../two-factor/second-factor.js';
import type { TwoFactorStore } from '../two-factor/two-factor-store.js';
import { factorPlace } from '../two-factor/two-factor.js';
import type { ChallengeStore } from './challenge-store.js';

export interface SendSignInCodeDeps extends DeliveryDeps, RecordedDeps {
  readonly clock: Clock;
  readonly cipher: Cipher;
  readonly factors: FactorRegistry;
  readonly challenges: ChallengeStore;
  readonly twoFactors: TwoFactorStore;
}

export interface SendSignInCodeInput {
  readonly challengeToken: string;
  readonly slot: Slot;
}

/** sendSignInCode: texts a code again, or to the other phone (S37). From then on the newest code alone counts. */
export function sendSignInCode(deps: SendSignInCodeDeps) {
  return async (input: SendSignInCodeInput): Promise<Result<CodeDelivery>> => {
    const now = deps.clock.now();
    const found = await deps.challenges.findLive(deps.digest.ofSecret(input.challengeToken), now);
    if (!found) return fail('CHALLENGE_EXPIRED');
    const { challenge, user } = found;

    const prepared = await recorded(deps, attemptOn(user, 'SEND_SIGN_IN_CODE'), async () => {
      const twoFactor = await deps.twoFactors.find(user.id);
      if (!twoFactor) return fail('CHALLENGE_EXPIRED');
      for (const { id, kind, slot, sealed } of usableOf(twoFactor, user.organization, now).factors) {
        const factor = deps.factors.of(kind);
        if (factor.shape !== 'deliver' || slot !== input.slot) continue;
        const address = deps.cipher.open(sealed, factorPlace(id));
        const bounds = { boundTo: challenge.id, within: challenge.id, notAfter: challenge.expiresAt };
        const code = await prepareCode(
          deps,
          { purpose: 'SIGN_IN', user, factor, address, slot, ...bounds },
          now,
        );
        if (code.ok) await deps.challenges.setSentCode(challenge.id, code.value.sentCode);
        return code;
      }
      return fail('PHONE_NUMBER_INVALID', { field: 'slot' });
    });
    return prepared.ok ? prepared.value.send() : prepared;
  };
}
