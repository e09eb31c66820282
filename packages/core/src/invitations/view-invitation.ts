import type { LinkStore } from '../links/link-store.js';
import type { Clock, Digest } from '../ports.js';
import type { UserStore } from '../users/user-store.js';
import type { Invitation } from './invitation.js';
import { invitationOf } from './invitation.js';

export interface ViewInvitationDeps {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly links: Pick<LinkStore, 'findLive'>;
  readonly users: Pick<UserStore, 'credentialsById'>;
}

/** invitation: what the holder of the link is asked to join; null where it can no longer be accepted. */
export function viewInvitation(deps: ViewInvitationDeps) {
  return async (token: string): Promise<Invitation | null> => {
    const link = await deps.links.findLive(deps.digest.ofSecret(token), 'INVITATION', deps.clock.now());
    return link && invitationOf(deps, link);
  };
}
