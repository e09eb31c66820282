import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded } from '../audit/recorded.js';
import type { Clock } from '../ports.js';
import type { Result } from '../result.js';
import { ok } from '../result.js';
import type { ChallengeStore } from '../sign-in/challenge-store.js';
import type { SessionStore } from './session-store.js';
import type { LiveSession } from './session.js';

export interface EndOtherSessionsDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly challenges: Pick<ChallengeStore, 'endAll'>;
}

/** endOtherSessions: whoever else is signed in as the viewer, or is about to be, is so no more. */
export function endOtherSessions(deps: EndOtherSessionsDeps) {
  return (live: LiveSession): Promise<Result<{ endedSessions: number }>> =>
    recorded(deps, attemptIn(live, 'END_OTHER_SESSIONS'), async () => {
      await deps.challenges.endAll(live.user.id);
      const endedSessions = await deps.sessions.endAll(live.user.id, live.session.id, deps.clock.now());
      return ok({ endedSessions });
    });
}
