import type { MailBudget } from '../links/mail-budget.js';
import { aDay } from '../links/mail-budget.js';
import type { Link } from '../links/link.js';
import { limitKeys } from '../limits/limit-keys.js';
import type { Digest, Instant } from '../ports.js';
import type { UserStore } from '../users/user-store.js';
import type { Role, User } from '../users/user.js';

/** Who is asked to join, and as what. */
export interface Invited {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** An invitation that can still be accepted. */
export interface Invitation extends Invited {
  readonly id: string;
  readonly invitedBy: User;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** An owner invites anybody; an administrator all but owners. */
export function mayInvite({ role: own }: Pick<User, 'role'>, role: Role): boolean {
  return own === 'OWNER' || (own === 'ADMIN' && role !== 'OWNER');
}

/** More than the budgets of its three days let live in one organisation: a list of so many is whole. */
export const MOST_INVITATIONS = 400;

/** What one invitation is counted by. A stranger's organisation can use up what one address is sent, and so learn no more than that. */
export function invitationBudgets(digest: Digest, inviter: User, email: string): readonly MailBudget[] {
  const address = limitKeys.address(digest, email);
  const organization = inviter.organization.id;
  return [
    aDay(`invitations:organization:${organization}`, 100),
    aDay(`invitations:inviter:${inviter.id}`, 50),
    aDay(`invitations:address:${organization}:${address}`, 5),
    aDay(`invitations:address:${address}`, 10),
  ];
}

/** What the link was made for. */
export const invitedBy = ({ payload }: Link): Invited => payload as Invited;

/** The invitation of a link; null where the one who sent it may not invite so by now, demoted or deactivated. */
export async function invitationOf(
  { users }: { readonly users: Pick<UserStore, 'credentialsById'> },
  link: Link,
): Promise<Invitation | null> {
  const inviter = await users.credentialsById(link.createdBy ?? '');
  const invited = invitedBy(link);
  if (!inviter || inviter.disabled || !mayInvite(inviter.user, invited.role)) return null;
  const { id, createdAt, expiresAt } = link;
  const { email, name, role } = invited;
  return { id, email, name, role, invitedBy: inviter.user, createdAt, expiresAt };
}

/** What the audit log says of it. */
export const saidOf = ({ email, role }: Pick<Invited, 'email' | 'role'>) => `${role}, ${email}`.slice(0, 200);
