import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded } from '../audit/recorded.js';
import type { Clock } from '../ports.js';
import { NotFound } from '../refusal.js';
import type { Result } from '../result.js';
import { ok } from '../result.js';
import type { SessionStore } from './session-store.js';
import type { LiveSession } from './session.js';

export interface EndSessionDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly sessions: Pick<SessionStore, 'endOf'>;
}

export interface SessionEnded {
  /** Whether it was the session in hand: whoever asked is signed out. */
  readonly wasCurrent: boolean;
}

/**
 * endSession: one of the viewer's own.
 *
 * @throws NotFound where the viewer has no such session, whoever else may have it
 */
export function endSession(deps: EndSessionDeps) {
  return (live: LiveSession, sessionId: string): Promise<Result<SessionEnded>> =>
    recorded(deps, attemptIn(live, 'END_SESSION'), async () => {
      if (!(await deps.sessions.endOf(live.user.id, sessionId, deps.clock.now())))
        throw new NotFound('You have no such session.');
      return ok({ wasCurrent: sessionId === live.session.id });
    });
}
