import type { Instant } from '../ports.js';
import type { Result } from '../result.js';
import { ok } from '../result.js';
import type { OwnPasswordDeps } from './check-own-password.js';
import { checkOwnPassword } from './check-own-password.js';
import type { SessionStore } from './session-store.js';
import type { LiveSession } from './session.js';
import { CONFIRMED_FOR } from './session.js';

export interface ConfirmPasswordDeps extends OwnPasswordDeps {
  readonly sessions: SessionStore;
}

/** confirmPassword: this session may view and edit the two-factor settings for ten minutes (S22, S23). */
export function confirmPassword(deps: ConfirmPasswordDeps) {
  return (live: LiveSession, password: string): Promise<Result<{ expiresAt: Instant }>> => {
    const { session } = live;
    const own = { action: 'CONFIRM_PASSWORD', password, field: 'password' } as const;
    return checkOwnPassword(deps, live, own, async () => {
      const expiresAt = Math.min(deps.clock.now() + CONFIRMED_FOR, session.absoluteExpiresAt);
      await deps.sessions.confirmPassword(session.id, expiresAt);
      return ok({ expiresAt });
    });
  };
}
