import { attemptIn, recorded, refused } from '../audit/recorded.js';
import type { CodeDelivery } from '../delivery/prepare-code.js';
import { allows } from '../policy/policy.js';
import type { Instant } from '../ports.js';
import type { Failure, Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import { passwordIsConfirmed, signedInRecently } from '../session/session.js';
import type { NewSetupDeps } from './new-setup.js';
import { newSetup, sendSetupCode } from './new-setup.js';
import type { DeliverFactor, FactorKind, FactorRegistry, ScanFactor } from './second-factor.js';

export interface StartTwoFactorDeps extends NewSetupDeps {
  readonly factors: FactorRegistry;
}

export interface StartTwoFactorInput {
  readonly method: FactorKind;
  readonly phoneNumber: string | null;
  readonly defaultCountry: string | null;
}

export type StartedSetup = ScanSetup | DeliverSetup;

export interface ScanSetup {
  readonly outcome: 'SCAN';
  readonly setupId: string;
  readonly manualKey: string;
  readonly otpauthUri: string;
  readonly qrCodeSvg: string;
  readonly expiresAt: Instant;
}

export interface DeliverSetup {
  readonly outcome: 'DELIVER';
  readonly setupId: string;
  readonly delivery: CodeDelivery;
  readonly expiresAt: Instant;
}

/** startTwoFactor: begins to set a method up (S12–S19). Sign-in stays as it is until enableTwoFactor (S20). */
export function startTwoFactor(deps: StartTwoFactorDeps) {
  return async (live: LiveSession, input: StartTwoFactorInput): Promise<Result<StartedSetup>> => {
    const refusal = refusalOf(live, input.method, deps.clock.now());
    if (refusal) return refused(deps, attemptIn(live, 'START_TWO_FACTOR', input.method), refusal);
    const factor = deps.factors.of(input.method);
    return factor.shape === 'scan' ? startScan(deps, live, factor) : startDelivery(deps, live, factor, input);
  };
}

function refusalOf({ session, user }: LiveSession, method: FactorKind, now: Instant): Failure | null {
  const first = user.twoFactorMethod === null;
  if (!passwordIsConfirmed(session, now) && !(first && signedInRecently(session, now))) {
    return fail('REAUTHENTICATION_REQUIRED');
  }
  return allows(user, method) ? null : fail('METHOD_NOT_ALLOWED', { field: 'method' });
}

async function startScan(
  deps: StartTwoFactorDeps,
  live: LiveSession,
  factor: ScanFactor,
): Promise<Result<ScanSetup>> {
  const { email, organization } = live.user;
  const { secret, ...shown } = await factor.enroll({ issuer: organization.name, account: email });
  const setup = newSetup(deps, live, { purpose: 'ENABLE', kind: factor.kind, slot: 'PRIMARY' }, secret);
  const stored = await recorded(deps, attemptIn(live, 'START_TWO_FACTOR', factor.kind), async () =>
    (await deps.setups.replace(setup)) ? ok(null) : fail('SETUP_EXPIRED'),
  );
  if (!stored.ok) return stored;
  return ok({ outcome: 'SCAN', setupId: setup.id, ...shown, expiresAt: setup.expiresAt });
}

async function startDelivery(
  deps: StartTwoFactorDeps,
  live: LiveSession,
  factor: DeliverFactor,
  { phoneNumber, defaultCountry }: StartTwoFactorInput,
): Promise<Result<DeliverSetup>> {
  const parsed = factor.parse(phoneNumber ?? '', defaultCountry);
  if (typeof parsed === 'string') {
    const attempt = attemptIn(live, 'START_TWO_FACTOR', factor.kind);
    return refused(deps, attempt, fail(parsed, { field: 'phoneNumber' }));
  }
  const { address } = parsed;
  const setup = newSetup(deps, live, { purpose: 'ENABLE', kind: factor.kind, slot: 'PRIMARY' }, address);
  const sent = await sendSetupCode(deps, live, setup, { factor, address });
  if (!sent.ok) return sent;
  return ok({ outcome: 'DELIVER', setupId: setup.id, delivery: sent.value, expiresAt: setup.expiresAt });
}
