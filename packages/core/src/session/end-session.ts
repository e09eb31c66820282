import type { SessionStore } from './session-store.js';
import type { LiveSession } from './session.js';

/** signOut: ends the session in hand. True also where there was none. */
export function endSession(deps: { readonly sessions: SessionStore }) {
  return async (live: LiveSession | null): Promise<true> => {
    if (live) await deps.sessions.end(live.session.id);
    return true;
  };
}
