import { attemptOnOther, recorded } from '../audit/recorded.js';
import type { Notifier } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { DeactivateUserDeps, EndedAccess } from '../users/deactivate-user.js';
import { endAccess } from '../users/deactivate-user.js';
import { lookedAfter } from '../users/look-after.js';
import type { UserStore } from '../users/user-store.js';
import type { User } from '../users/user.js';
import type { LiveSession } from './session.js';
import { passwordIsConfirmed } from './session.js';

export interface EndUserSessionsDeps extends Omit<DeactivateUserDeps, 'users'> {
  readonly users: Pick<UserStore, 'find'>;
  readonly notifier: Notifier;
}

export interface UserSessionsEnded extends EndedAccess {
  readonly user: User;
}

/**
 * endUserSessions: an administrator signs somebody out everywhere, as after a lost laptop. So no browser stays trusted either: the
 * next sign-in takes every factor.
 */
export function endUserSessions(deps: EndUserSessionsDeps) {
  return async (live: LiveSession, userId: string): Promise<Result<UserSessionsEnded>> => {
    const user = await lookedAfter(deps, live, userId);
    const ended = await recorded(deps, attemptOnOther(live, 'END_USER_SESSIONS', user), async () => {
      if (!passwordIsConfirmed(live.session, deps.clock.now())) return fail('REAUTHENTICATION_REQUIRED');
      return ok({ user, ...(await endAccess(deps, user.id)) });
    });
    if (ended.ok) deps.notifier.tell(user, 'SESSIONS_ENDED');
    return ended;
  };
}
