import { lookedAfter } from '../users/look-after.js';
import type { UserStore } from '../users/user-store.js';
import type { User } from '../users/user.js';
import type { ListSessionsDeps } from './list-sessions.js';
import { MOST_SESSIONS_SHOWN } from './list-sessions.js';
import type { LiveSession, Session } from './session.js';

export interface ListUserSessionsDeps extends ListSessionsDeps {
  readonly users: Pick<UserStore, 'find'>;
}

export interface UserSessions {
  readonly user: User;
  readonly sessions: readonly Session[];
}

/** userSessions: of somebody whom the viewer looks after. */
export function listUserSessions(deps: ListUserSessionsDeps) {
  return async (live: LiveSession, userId: string): Promise<UserSessions> => {
    const user = await lookedAfter(deps, live, userId);
    return { user, sessions: await deps.sessions.list(user.id, deps.clock.now(), MOST_SESSIONS_SHOWN) };
  };
}
