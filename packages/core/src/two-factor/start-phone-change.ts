import { attemptIn, refused } from '../audit/recorded.js';
import type { CodeDelivery } from '../delivery/prepare-code.js';
import type { Instant } from '../ports.js';
import { allows } from '../policy/policy.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession, Session } from '../session/session.js';
import { passwordIsConfirmed } from '../session/session.js';
import type { NewSetupDeps } from './new-setup.js';
import { newSetup, sendSetupCode } from './new-setup.js';
import type { DeliverFactor, FactorRegistry, Slot } from './second-factor.js';
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
    const target = await targetOf(deps, live, input);
    if (!target.ok) return refused(deps, attemptIn(live, 'START_PHONE_CHANGE'), target);
    const { factor, address } = target.value;
    const of = { purpose: 'CHANGE_PHONE', kind: factor.kind, slot: input.slot } as const;
    return sendSetupCode(deps, live, newSetup(deps, live, of, address), { factor, address });
  };
}

/** What is to be texted, and by which factor, or why not. */
async function targetOf(
  deps: StartPhoneChangeDeps,
  { session, user }: LiveSession,
  { slot, phoneNumber, defaultCountry }: StartPhoneChangeInput,
): Promise<Result<{ factor: DeliverFactor; address: string }>> {
  const twoFactor = await deps.twoFactors.find(user.id);
  if (!twoFactor) return fail('TWO_FACTOR_NOT_ENABLED');
  if (!mayChangePhone(session, deps.clock.now())) return fail('REAUTHENTICATION_REQUIRED');
  const factor = deliverFactorOf(deps.factors, twoFactor);
  if (!factor) return fail('TWO_FACTOR_NOT_ENABLED');
  if (!allows(user, factor.kind)) return fail('METHOD_NOT_ALLOWED');
  const parsed = factor.parse(phoneNumber, defaultCountry);
  if (typeof parsed === 'string') return fail(parsed, { field: 'phoneNumber' });
  const taken = phoneIn(deps, twoFactor, otherSlot(slot));
  if (parsed.address === taken) return fail('PHONE_NUMBER_DUPLICATE', { field: 'phoneNumber' });
  return ok({ factor, address: parsed.address });
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
