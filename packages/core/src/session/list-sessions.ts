import type { Clock } from '../ports.js';
import type { SessionStore } from './session-store.js';
import type { LiveSession, Session } from './session.js';

export interface ListSessionsDeps {
  readonly clock: Clock;
  readonly sessions: Pick<SessionStore, 'list'>;
}

/** So many are shown: whoever has more ends them all. */
export const MOST_SESSIONS_SHOWN = 100;

/** sessions: the viewer's own, in which they are signed in now. */
export function listSessions({ clock, sessions }: ListSessionsDeps) {
  return ({ user }: LiveSession): Promise<readonly Session[]> =>
    sessions.list(user.id, clock.now(), MOST_SESSIONS_SHOWN);
}
