import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOn } from '../audit/recorded.js';
import { endAccountLinks } from '../links/end-account-links.js';
import type { LinkStore } from '../links/link-store.js';
import type { Clock } from '../ports.js';
import type { SessionStore } from '../session/session-store.js';
import type { ChallengeStore } from '../sign-in/challenge-store.js';
import type { TrustedBrowserStore } from '../trusted-browsers/trusted-browser-store.js';
import type { SetupStore } from '../two-factor/setup-store.js';
import type { UserStore } from './user-store.js';
import type { User } from './user.js';

export interface DeactivateUserDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly users: Pick<UserStore, 'setDisabledAt'>;
  readonly sessions: SessionStore;
  readonly challenges: ChallengeStore;
  readonly setups: SetupStore;
  readonly links: Pick<LinkStore, 'endAll'>;
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'endAll'>;
}

export interface EndedAccess {
  readonly endedSessions: number;
}

/** An operator keeps a user out: sessions, pending sign-ins and set-ups end at once, and the account stays as it is. */
export function deactivateUser(deps: DeactivateUserDeps) {
  return (user: User): Promise<EndedAccess> =>
    deps.transaction(async () => {
      await deps.users.setDisabledAt(user.id, deps.clock.now());
      const ended = await endAccess(deps, user.id);
      await deps.audit.record({ ...attemptOn(user, 'DEACTIVATE_USER'), outcome: 'DONE' });
      return ended;
    });
}

/** Everything by which the user is, or is about to be, in, and what would make the next sign-in easier. To be called in a transaction. */
export async function endAccess(
  deps: Omit<DeactivateUserDeps, 'users' | keyof RecordedDeps>,
  userId: string,
): Promise<EndedAccess> {
  await endAccountLinks(deps.links, userId);
  await deps.challenges.endAll(userId);
  await deps.setups.endAll(userId);
  await deps.trustedBrowsers.endAll(userId);
  return { endedSessions: await deps.sessions.endAll(userId, null, deps.clock.now()) };
}
