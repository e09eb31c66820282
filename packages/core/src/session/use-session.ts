import type { Clock, Digest, OriginOf } from '../ports.js';
import { MINUTE } from '../ports.js';
import type { SessionStore } from './session-store.js';
import type { LiveSession } from './session.js';
import { lifetimes } from './session.js';

export interface UseSessionDeps {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly origin: OriginOf;
  readonly sessions: Pick<SessionStore, 'findLive' | 'touch'>;
}

/** A use is written down at most once in this time: reading who somebody is must not cost a write. */
const TOUCH_AFTER = MINUTE;

/** The session of a token, with its user; null where it does not live. Using it moves its idle end on. */
export function useSession(deps: UseSessionDeps) {
  return async (token: string): Promise<LiveSession | null> => {
    const now = deps.clock.now();
    const live = await deps.sessions.findLive(deps.digest.ofSecret(token), now);
    if (!live || live.session.lastSeenAt + TOUCH_AFTER > now) return live;
    const { id, keepSignedIn } = live.session;
    const idleExpiresAt = now + lifetimes(keepSignedIn).idle;
    const { address } = deps.origin();
    if (!(await deps.sessions.touch(id, now, idleExpiresAt, address))) return live;
    return { ...live, session: { ...live.session, lastSeenAt: now, idleExpiresAt, address } };
  };
}
