import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded } from '../audit/recorded.js';
import type { Notifier, Random } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import type { ChallengeStore } from '../sign-in/challenge-store.js';
import type { ProveSetupDeps } from './prove-setup.js';
import { proveSetup } from './prove-setup.js';
import type { Slot } from './second-factor.js';
import { otherSlot } from './start-phone-change.js';
import type { TwoFactorStore } from './two-factor-store.js';
import { factorPlace } from './two-factor.js';
import type { TwoFactorSettings } from './view-settings.js';
import { phoneIn, settingsOf } from './view-settings.js';

export interface ConfirmPhoneChangeDeps extends ProveSetupDeps, RecordedDeps {
  readonly random: Random;
  readonly challenges: ChallengeStore;
  readonly twoFactors: TwoFactorStore;
  readonly notifier: Notifier;
}

export interface ConfirmPhoneChangeInput {
  readonly slot: Slot;
  readonly code: string;
}

/** confirmPhoneChange: the new phone counts from here on, and challenges that could text the old one end (S26, S27). */
export function confirmPhoneChange(deps: ConfirmPhoneChangeDeps) {
  return async (live: LiveSession, input: ConfirmPhoneChangeInput): Promise<Result<TwoFactorSettings>> => {
    const { session, user } = live;
    const changed = await recorded(deps, attemptIn(live, 'CONFIRM_PHONE_CHANGE'), async () => {
      const find = () => deps.setups.findLive(session.id, 'CHANGE_PHONE', input.slot, deps.clock.now());
      const proved = await proveSetup(deps, user, find, { code: input.code, factorId: deps.random.id() });
      if (!proved.ok) return proved;
      const factor = proved.value;
      const before = await deps.twoFactors.find(user.id);
      if (!before) return fail('TWO_FACTOR_NOT_ENABLED');
      // Both slots may have been started with one number before either was confirmed.
      const address = deps.cipher.open(factor.sealed, factorPlace(factor.id));
      if (address === phoneIn(deps, before, otherSlot(input.slot))) return fail('PHONE_NUMBER_DUPLICATE');
      if (!(await deps.twoFactors.saveFactor(user.id, factor))) return fail('TWO_FACTOR_NOT_ENABLED');
      await deps.challenges.endAll(user.id);
      const after = await deps.twoFactors.find(user.id);
      return after ? ok(settingsOf(deps, after)) : fail('TWO_FACTOR_NOT_ENABLED');
    });
    if (changed.ok) deps.notifier.tell(user, 'PHONE_CHANGED');
    return changed;
  };
}
