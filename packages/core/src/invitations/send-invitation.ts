import type { RecordedDeps } from '../audit/recorded.js';
import { newLink } from '../links/link.js';
import type { LinkStore } from '../links/link-store.js';
import { countMail } from '../links/mail-budget.js';
import type { LimitStore } from '../limits/limit-store.js';
import type { Clock, Digest, Notifier, Random } from '../ports.js';
import type { Result } from '../result.js';
import { ok } from '../result.js';
import type { UserStore } from '../users/user-store.js';
import type { User } from '../users/user.js';
import type { Invitation, Invited } from './invitation.js';
import { invitationBudgets, invitedBy, mayInvite, MOST_INVITATIONS } from './invitation.js';

export interface SendInvitationDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly limits: LimitStore;
  readonly links: LinkStore;
  readonly users: UserStore;
  readonly notifier: Notifier;
}

/** An invitation that is stored, and the mail that is due once that has committed. */
export interface PreparedInvitation {
  readonly invitation: Invitation;
  send(): void;
}

/**
 * Counts the mail and stores the link, in the place of an earlier one to the same address. Where there is an account with the
 * email all is the same but for the mail: the inviter learns nothing, and the link that is listed is in nobody's hands.
 * To be called in a transaction.
 */
export async function prepareInvitation(
  deps: SendInvitationDeps,
  inviter: User,
  { email, name, role }: Invited,
): Promise<Result<PreparedInvitation>> {
  const now = deps.clock.now();
  const counted = await countMail(deps.limits, invitationBudgets(deps.digest, inviter, email), now);
  if (!counted.ok) return counted;
  const organizationId = inviter.organization.id;
  for (const earlier of await deps.links.list(organizationId, 'INVITATION', now, MOST_INVITATIONS)) {
    const invited = invitedBy(earlier);
    if (invited.email === email && mayInvite(inviter, invited.role)) await deps.links.take(earlier.id);
  }
  const of = { organizationId, userId: null, createdBy: inviter.id, payload: { email, name, role } };
  const { link, token, tokenHash } = newLink(deps, { purpose: 'INVITATION', ...of }, now);
  await deps.links.create(link, tokenHash);
  const account = await deps.users.credentialsByEmail(email);

  const { id, createdAt, expiresAt } = link;
  return ok({
    invitation: { id, email, name, role, invitedBy: inviter, createdAt, expiresAt },
    send() {
      const by = { organization: inviter.organization.name, invitedBy: inviter.name };
      if (account) deps.notifier.tell(account.user, 'INVITED_WITH_ACCOUNT', by);
      else deps.notifier.tell({ email, name }, 'INVITED', { ...by, link: { purpose: 'INVITATION', token } });
    },
  });
}
