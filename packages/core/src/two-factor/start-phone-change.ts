import type { CodeDelivery, DeliveryDeps } from '../delivery/prepare-code.js';
import { prepareCode } from '../delivery/prepare-code.js';
import type { Clock, Instant } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession, Session } from '../session/session.js';
import { passwordIsConfirmed } from '../session/session.js';
import type { DeliverFactor, FactorRegistry, Slot } from './second-factor.js';
import type { SetupStore } from './setup-store.js';
import { allows } from './start-two-factor.js';
import type { TwoFactorStore } from './two-factor-store.js';
import type { Setup, TwoFactor } from './two-factor.js';
import { SETUP_FOR, setupPlace } from './two-factor.js';
import type { ReadSettingsDeps } from './view-settings.js';
import { phoneIn } from './view-settings.js';

export interface StartPhoneChangeDeps extends DeliveryDeps, ReadSettingsDeps {
  readonly clock: Clock;
  readonly setups: SetupStore;
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

    const setup = newPhoneSetup(deps, live, { factor, slot, address }, now);
    const bounds = { boundTo: setup.id, within: live.session.id, notAfter: setup.expiresAt };
    const prepared = await deps.transaction(async () => {
      const request = { purpose: 'SET_UP', user: live.user, factor, address, slot, ...bounds } as const;
      const code = await prepareCode(deps, request, now);
      if (code.ok) await deps.setups.replace({ ...setup, sentCode: code.value.sentCode });
      return code;
    });
    if (!prepared.ok) return prepared;
    const sent = await prepared.value.send();
    return sent.ok ? ok(sent.value) : sent;
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

function newPhoneSetup(
  deps: StartPhoneChangeDeps,
  { session, user }: LiveSession,
  { factor, slot, address }: { factor: DeliverFactor; slot: Slot; address: string },
  now: Instant,
): Setup {
  const id = deps.random.id();
  const sealed = deps.cipher.seal(address, setupPlace(id));
  return {
    id,
    userId: user.id,
    sessionId: session.id,
    purpose: 'CHANGE_PHONE',
    kind: factor.kind,
    slot,
    sealed,
    sentCode: null,
    wrongCodes: 0,
    createdAt: now,
    expiresAt: now + SETUP_FOR,
  };
}
