import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded } from '../audit/recorded.js';
import type { Cipher, Clock, Instant } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import { passwordIsConfirmed } from '../session/session.js';
import type { FactorKind, FactorRegistry, Slot } from './second-factor.js';
import type { TwoFactorStore } from './two-factor-store.js';
import type { TwoFactor } from './two-factor.js';
import { factorPlace } from './two-factor.js';

export interface ReadSettingsDeps {
  readonly cipher: Cipher;
  readonly factors: FactorRegistry;
}

export interface ViewSettingsDeps extends ReadSettingsDeps, RecordedDeps {
  readonly clock: Clock;
  readonly twoFactors: TwoFactorStore;
}

export interface TwoFactorSettings {
  readonly method: FactorKind;
  readonly enabledAt: Instant;
  readonly lastUsedAt: Instant | null;
  /** In full, E.164. */
  readonly primaryPhone: string | null;
  readonly backupPhone: string | null;
  readonly recoveryCodeCreatedAt: Instant;
}

/** twoFactorSettings: the saved settings, behind the confirmed password (S22–S25). */
export function viewSettings(deps: ViewSettingsDeps) {
  return (live: LiveSession): Promise<Result<TwoFactorSettings>> =>
    recorded(deps, attemptIn(live, 'VIEW_SETTINGS'), async () => {
      const twoFactor = await deps.twoFactors.find(live.user.id);
      if (!twoFactor) return fail('TWO_FACTOR_NOT_ENABLED');
      if (!passwordIsConfirmed(live.session, deps.clock.now())) return fail('REAUTHENTICATION_REQUIRED');
      return ok(settingsOf(deps, twoFactor));
    });
}

/** For a caller that has checked that the viewer may see them. */
export function settingsOf(deps: ReadSettingsDeps, twoFactor: TwoFactor): TwoFactorSettings {
  const { method, enabledAt, lastUsedAt, recoveryCodeCreatedAt } = twoFactor;
  return {
    method,
    enabledAt,
    lastUsedAt,
    primaryPhone: phoneIn(deps, twoFactor, 'PRIMARY'),
    backupPhone: phoneIn(deps, twoFactor, 'BACKUP'),
    recoveryCodeCreatedAt,
  };
}

/** The phone in this slot; null where none is saved. */
export function phoneIn(deps: ReadSettingsDeps, { factors }: TwoFactor, slot: Slot): string | null {
  const saved = factors.find(
    (factor) => factor.slot === slot && deps.factors.of(factor.kind).shape === 'deliver',
  );
  return saved ? deps.cipher.open(saved.sealed, factorPlace(saved.id)) : null;
}
