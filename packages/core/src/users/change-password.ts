import { attemptIn, refused } from '../audit/recorded.js';
import { endAccountLinks } from '../links/end-account-links.js';
import type { LinkStore } from '../links/link-store.js';
import type { Notifier, PasswordStrength } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { OwnPasswordDeps } from '../session/check-own-password.js';
import { checkOwnPassword } from '../session/check-own-password.js';
import { stillKnown } from '../session/known-browser.js';
import type { SessionStore } from '../session/session-store.js';
import type { LiveSession } from '../session/session.js';
import type { ChallengeStore } from '../sign-in/challenge-store.js';
import type { TrustedBrowserStore } from '../trusted-browsers/trusted-browser-store.js';
import { isAcceptablePassword } from './acceptable-password.js';
import type { User } from './user.js';

export interface ChangePasswordDeps extends OwnPasswordDeps {
  readonly strength: PasswordStrength;
  readonly sessions: SessionStore;
  readonly challenges: ChallengeStore;
  readonly links: Pick<LinkStore, 'endAll'>;
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'endAll'>;
  readonly notifier: Notifier;
}

export interface ChangePasswordInput {
  readonly currentPassword: string;
  readonly newPassword: string;
}

export interface PasswordChanged {
  readonly viewer: User;
  readonly endedSessions: number;
  readonly browserToken: string | null;
}

/** changePassword: every other session and every pending sign-in of the user ends, and no browser stays trusted. */
export function changePassword(deps: ChangePasswordDeps) {
  return async (
    live: LiveSession,
    { currentPassword, newPassword }: ChangePasswordInput,
  ): Promise<Result<PasswordChanged>> => {
    const { session, user } = live;
    if (!(await isAcceptablePassword(deps.strength, newPassword, user))) {
      const weak = fail('PASSWORD_TOO_WEAK', { field: 'newPassword' });
      return refused(deps, attemptIn(live, 'CHANGE_PASSWORD'), weak);
    }
    const hash = await deps.hasher.hash(newPassword);
    const own = { action: 'CHANGE_PASSWORD', password: currentPassword, field: 'currentPassword' } as const;
    const changed = await checkOwnPassword(deps, live, own, async () => {
      const now = deps.clock.now();
      await deps.users.setPasswordHash(user.id, hash, now);
      await endAccountLinks(deps.links, user.id);
      await deps.challenges.endAll(user.id);
      await deps.trustedBrowsers.endAll(user.id);
      const endedSessions = await deps.sessions.endAll(user.id, session.id, now);
      return ok({ viewer: user, endedSessions, browserToken: stillKnown(deps.digest, session, now) });
    });
    if (changed.ok) deps.notifier.tell(user, 'PASSWORD_CHANGED');
    return changed;
  };
}
