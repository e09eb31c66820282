import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOn, recorded } from '../audit/recorded.js';
import { limitKeys } from '../limits/limit-keys.js';
import type { LimitStore } from '../limits/limit-store.js';
import type { LinkStore } from '../links/link-store.js';
import { newLink } from '../links/link.js';
import type { Clock, Digest, Notifier, Random } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { SessionStore } from '../session/session-store.js';
import type { ChallengeStore } from '../sign-in/challenge-store.js';
import type { SetupStore } from '../two-factor/setup-store.js';
import type { TrustedBrowserStore } from '../trusted-browsers/trusted-browser-store.js';
import { endAccess } from '../users/deactivate-user.js';
import type { UserStore } from '../users/user-store.js';
import type { WayBackPayload } from './offer-way-back.js';
import { FROZEN_FOR } from './way-back.js';

export interface ReportNotMeDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly limits: LimitStore;
  readonly links: LinkStore;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly challenges: ChallengeStore;
  readonly setups: SetupStore;
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'endAll'>;
  readonly notifier: Notifier;
}

export interface NotMeReported {
  readonly endedSessions: number;
  /** Until when nobody changes a factor. */
  readonly frozenUntil: number;
}

/**
 * reportNotMe: the owner follows the link of a mail about a change. Everybody is signed out, factors are frozen for a day, and
 * the account takes a new password, by a link that is mailed now, before anybody signs in. What was deleted is not brought back.
 */
export function reportNotMe(deps: ReportNotMeDeps) {
  return async ({ token }: { readonly token: string }): Promise<Result<NotMeReported>> => {
    const found = await deps.links.findLive(deps.digest.ofSecret(token), 'NOT_ME', deps.clock.now());
    const current = found?.userId == null ? null : await deps.users.credentialsById(found.userId);
    if (!found || !current) return fail('LINK_EXPIRED');
    const { user } = current;
    const { email } = found.payload as WayBackPayload;

    const reported = await recorded(deps, attemptOn(user, 'REPORT_NOT_ME'), async () => {
      const now = deps.clock.now();
      // A sign-in by the old password is settled before this, and its session ended below, or after it, and refused.
      await deps.limits.lock([limitKeys.password(deps.digest, user.email, null).account]);
      if (!(await deps.links.take(found.id))) return fail('LINK_EXPIRED');
      const frozenUntil = now + FROZEN_FOR;
      await deps.users.secure(user.id, frozenUntil);
      // Where it was taken from the owner. Somebody else may have it by now.
      if (email !== user.email) await deps.users.setEmail(user.id, email);
      const { endedSessions } = await endAccess(deps, user.id);
      const of = { organizationId: user.organization.id, userId: user.id, createdBy: null, payload: null };
      const { link, tokenHash, ...reset } = newLink(deps, { ...of, purpose: 'PASSWORD_RESET' }, now);
      await deps.links.create(link, tokenHash);
      return ok({ endedSessions, frozenUntil, token: reset.token });
    });
    if (!reported.ok) return reported;
    const { token: resetToken, ...value } = reported.value;
    const link = { purpose: 'PASSWORD_RESET', token: resetToken } as const;
    deps.notifier.tell({ ...user, email }, 'ACCOUNT_SECURED', { link });
    return ok(value);
  };
}
