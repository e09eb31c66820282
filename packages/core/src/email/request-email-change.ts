import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded, refused } from '../audit/recorded.js';
import type { Link } from '../links/link.js';
import { newLink } from '../links/link.js';
import type { LinkStore } from '../links/link-store.js';
import { aDay, countMail } from '../links/mail-budget.js';
import { limitKeys } from '../limits/limit-keys.js';
import type { LimitStore } from '../limits/limit-store.js';
import type { Clock, Digest, Instant, Notifier, Random } from '../ports.js';
import type { Failure, Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import { passwordIsConfirmed } from '../session/session.js';
import type { UserStore } from '../users/user-store.js';
import type { User } from '../users/user.js';
import { isEmail, normalizeEmail } from '../users/user.js';

export interface RequestEmailChangeDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly limits: LimitStore;
  readonly links: LinkStore;
  readonly users: UserStore;
  readonly notifier: Notifier;
}

export interface EmailChangeRequested {
  readonly newEmail: string;
  readonly expiresAt: Instant;
}

/**
 * requestEmailChange: mails a link to the new address, and tells the old one. The email stays until confirmEmailChange. The same
 * answer where somebody has that email: they are told instead, and the link is in nobody's hands.
 */
export function requestEmailChange(deps: RequestEmailChangeDeps) {
  return async (live: LiveSession, input: string): Promise<Result<EmailChangeRequested>> => {
    const { user } = live;
    const newEmail = normalizeEmail(input);
    const refusal = refusalOf(live, newEmail, deps.clock.now());
    const detail = isEmail(newEmail) ? newEmail.slice(0, 200) : null;
    const attempt = { ...attemptIn(live, 'REQUEST_EMAIL_CHANGE'), detail };
    if (refusal) return refused(deps, attempt, refusal);
    const prepared = await recorded(deps, attempt, () => prepareChange(deps, user, newEmail));
    if (!prepared.ok) return prepared;

    const { token, expiresAt, account } = prepared.value;
    deps.notifier.tell(user, 'EMAIL_CHANGE_REQUESTED', { newEmail });
    if (account) deps.notifier.tell(account, 'EMAIL_CHANGE_WITH_ACCOUNT');
    else {
      const link = { purpose: 'EMAIL_CHANGE', token } as const;
      const organization = user.organization.name;
      deps.notifier.tell({ email: newEmail, name: user.name }, 'EMAIL_CHANGE_LINK', { organization, link });
    }
    return ok({ newEmail, expiresAt });
  };
}

/** The address that a link of this purpose is about. */
export const newEmailOf = ({ payload }: Link): string => (payload as { newEmail: string }).newEmail;

function refusalOf({ session, user }: LiveSession, newEmail: string, now: Instant): Failure | null {
  if (!passwordIsConfirmed(session, now)) return fail('REAUTHENTICATION_REQUIRED');
  return isEmail(newEmail) && newEmail !== user.email ? null : fail('EMAIL_INVALID', { field: 'newEmail' });
}

async function prepareChange(deps: RequestEmailChangeDeps, user: User, newEmail: string) {
  const now = deps.clock.now();
  const address = limitKeys.address(deps.digest, newEmail);
  const budgets = [aDay(`email-change:account:${user.id}`, 5), aDay(`email-change:address:${address}`, 10)];
  const counted = await countMail(deps.limits, budgets, now);
  if (!counted.ok) return counted;
  const of = { organizationId: user.organization.id, userId: user.id, createdBy: user.id };
  const change = { purpose: 'EMAIL_CHANGE', ...of, payload: { newEmail } } as const;
  const { link, token, tokenHash } = newLink(deps, change, now);
  await deps.links.endAll(user.id, 'EMAIL_CHANGE');
  await deps.links.create(link, tokenHash);
  const found = await deps.users.credentialsByEmail(newEmail);
  return ok({ token, expiresAt: link.expiresAt, account: found?.user ?? null });
}
