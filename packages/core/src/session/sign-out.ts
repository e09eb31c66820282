import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded } from '../audit/recorded.js';
import { ok } from '../result.js';
import type { SessionStore } from './session-store.js';
import type { LiveSession } from './session.js';

export interface SignOutDeps extends RecordedDeps {
  readonly sessions: Pick<SessionStore, 'end'>;
}

/** signOut: ends the session in hand. True also where there was none. */
export function signOut(deps: SignOutDeps) {
  return async (live: LiveSession | null): Promise<true> => {
    if (!live) return true;
    await recorded(deps, attemptIn(live, 'SIGN_OUT'), async () =>
      ok(await deps.sessions.end(live.session.id)),
    );
    return true;
  };
}
