import { attemptIn, recorded } from '../audit/recorded.js';
import type { Notifier } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import { passwordIsConfirmed } from '../session/session.js';
import type { ChallengeStore } from '../sign-in/challenge-store.js';
import type { TwoFactorSettings, ViewSettingsDeps } from './view-settings.js';
import { settingsOf } from './view-settings.js';

export interface RemoveBackupPhoneDeps extends ViewSettingsDeps {
  readonly challenges: ChallengeStore;
  readonly notifier: Notifier;
}

/** removeBackupPhone: behind the confirmed password; where none is saved, the settings are answered as they are. */
export function removeBackupPhone(deps: RemoveBackupPhoneDeps) {
  return async (live: LiveSession): Promise<Result<TwoFactorSettings>> => {
    const { session, user } = live;
    const removed = await recorded(deps, attemptIn(live, 'REMOVE_BACKUP_PHONE'), async () => {
      const twoFactor = await deps.twoFactors.find(user.id);
      if (!twoFactor) return fail('TWO_FACTOR_NOT_ENABLED');
      if (!passwordIsConfirmed(session, deps.clock.now())) return fail('REAUTHENTICATION_REQUIRED');
      const backup = twoFactor.factors.find(({ slot }) => slot === 'BACKUP');
      if (!backup) return ok({ settings: settingsOf(deps, twoFactor), removed: false });
      await deps.twoFactors.removeFactor(user.id, backup.kind, 'BACKUP');
      await deps.challenges.endAll(user.id);
      const factors = twoFactor.factors.filter((factor) => factor !== backup);
      return ok({ settings: settingsOf(deps, { ...twoFactor, factors }), removed: true });
    });
    if (!removed.ok) return removed;
    if (removed.value.removed) deps.notifier.tell(user, 'BACKUP_PHONE_REMOVED');
    return ok(removed.value.settings);
  };
}
