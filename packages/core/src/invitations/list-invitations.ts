import type { LinkStore } from '../links/link-store.js';
import type { Clock } from '../ports.js';
import { Forbidden } from '../refusal.js';
import type { UserStore } from '../users/user-store.js';
import type { User } from '../users/user.js';
import type { Invitation } from './invitation.js';
import { invitationOf, MOST_INVITATIONS } from './invitation.js';

export interface ListInvitationsDeps {
  readonly clock: Clock;
  readonly links: Pick<LinkStore, 'list'>;
  readonly users: Pick<UserStore, 'credentialsById'>;
}

/** invitations: those of the viewer's organisation that can still be accepted, newest first. */
export function listInvitations(deps: ListInvitationsDeps) {
  return async ({ role, organization }: User): Promise<readonly Invitation[]> => {
    if (role === 'MEMBER') throw new Forbidden('This is for administrators and owners.');
    const links = await deps.links.list(organization.id, 'INVITATION', deps.clock.now(), MOST_INVITATIONS);
    // One question for each of the few who invite, however many they have invited.
    const asked = new Map<string, ReturnType<UserStore['credentialsById']>>();
    const users = {
      credentialsById(id: string) {
        const answer = asked.get(id) ?? deps.users.credentialsById(id);
        asked.set(id, answer);
        return answer;
      },
    };
    const invitations = await Promise.all(links.map((link) => invitationOf({ users }, link)));
    return invitations.filter((invitation) => invitation !== null);
  };
}
