import { attemptOn } from '../audit/recorded.js';
import type { DeactivateUserDeps, EndedAccess } from './deactivate-user.js';
import { endAccess } from './deactivate-user.js';
import type { User } from './user.js';

/**
 * An operator lets a user in again, by signing in. A sign-in that was settled while the user was deactivated may have left a
 * session that nobody could use: it must not come alive now.
 */
export function reactivateUser(deps: DeactivateUserDeps) {
  return (user: User): Promise<EndedAccess> =>
    deps.transaction(async () => {
      const ended = await endAccess(deps, user.id);
      await deps.users.setDisabledAt(user.id, null);
      await deps.audit.record({ ...attemptOn(user, 'REACTIVATE_USER'), outcome: 'DONE' });
      return ended;
    });
}
