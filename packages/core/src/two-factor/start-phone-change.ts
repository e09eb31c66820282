import type { CodeDelivery } from '../delivery/prepare-code.js';
import type { Instant } from '../ports.js';
import type { Result } from '../result.js';
import { fail } from '../result.js';
import type { LiveSession, Session } from '../session/session.js';
import { passwordIsConfirmed } from '../session/session.js';
import type { NewSetupDeps } from './new-setup.js';
import { newSetup, sendSetupCode } from './new-setup.js';
import type { DeliverFactor, FactorRegistry, Slot } from './second-factor.js';
import { allows } from './start-two-factor.js';
import type { TwoFactorStore } from './two-factor-store.js';
import type { TwoFactor } from './two-factor.js';
import type { ReadSettingsDeps } from './view-settings.js';
import { phoneIn } from './view-settings.js';

export interface StartPhoneChangeDeps extends NewSetupDeps, ReadSettingsDeps {
  readonly twoFactors: TwoFactorStore;
}

export interface StartPhoneChangeInput {
  readonly slot: Slot;
  readonly phoneNumber: string;
  readonly defaultCountry: string | null;
}

/** startPhoneChange: texts a code to a new primary or backup phone. The saved one stays until it is proved (S27, S36). */
export function startPhoneChange(deps: StartPhoneChangeDeps) {
  return async (live: LiveSession, input: StartPhoneChangeInput): Promise<Result<CodeDelivery>> => {
    const now = deps.clock.now();
    const twoFactor = await deps.twoFactors.find(live.user.id);
    if (!twoFactor) return fail('TWO_FACTOR_NOT_ENABLED');
    if (!mayChangePhone(live.session, now)) return fail('REAUTHENTICATION_REQUIRED');
    const factor = deliverFactorOf(deps.factors, twoFactor);
    if (!factor) return fail('TWO_FACTOR_NOT_ENABLED');
    if (!allows(live.user, factor.kind)) return fail('METHOD_NOT_ALLOWED');
    const parsed = factor.parse(input.phoneNumber, input.defaultCountry);
    if (typeof parsed === 'string') return fail(parsed, { field: 'phoneNumber' });
    const { address } = parsed;
    const { slot } = input;
    if (address === phoneIn(deps, twoFactor, otherSlot(slot))) {
      return fail('PHONE_NUMBER_DUPLICATE', { field: 'phoneNumber' });
    }

    const setup = newSetup(deps, live, { purpose: 'CHANGE_PHONE', kind: factor.kind, slot }, address);
    return sendSetupCode(deps, live, setup, { factor, address });
  };
}

export const otherSlot = (slot: Slot): Slot => (slot === 'PRIMARY' ? 'BACKUP' : 'PRIMARY');

/** For ten minutes after two-factor was switched on in this session, the backup phone needs no password again. */
function mayChangePhone(session: Session, now: Instant): boolean {
  return passwordIsConfirmed(session, now) || (session.phoneChangeFreeUntil ?? 0) > now;
}

function deliverFactorOf(factors: FactorRegistry, twoFactor: TwoFactor): DeliverFactor | null {
  for (const { kind } of twoFactor.factors) {
    const factor = factors.of(kind);
    if (factor.shape === 'deliver') return factor;
  }
  return null;
}
