import type { LinkStore } from '../links/link-store.js';
import type { Link } from '../links/link.js';
import type { Clock } from '../ports.js';
import { Forbidden } from '../refusal.js';
import type { User } from '../users/user.js';
import { invitedBy, mayInvite, MOST_INVITATIONS } from './invitation.js';

export interface KnownInvitationDeps {
  readonly clock: Clock;
  readonly links: Pick<LinkStore, 'list'>;
}

/**
 * A live invitation of the viewer's organisation, by its id; null where it was accepted, withdrawn, ran out or never was.
 *
 * @throws Forbidden to a member, and where the viewer could not have sent it
 */
export async function knownInvitation(
  { clock, links }: KnownInvitationDeps,
  viewer: User,
  id: string,
): Promise<Link | null> {
  if (viewer.role === 'MEMBER') throw new Forbidden('This is for administrators and owners.');
  const live = await links.list(viewer.organization.id, 'INVITATION', clock.now(), MOST_INVITATIONS);
  const link = live.find((one) => one.id === id) ?? null;
  if (link && !mayInvite(viewer, invitedBy(link).role)) throw new Forbidden('This invitation is for owners.');
  return link;
}
