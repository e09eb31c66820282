import { attemptOnOther, recorded } from '../audit/recorded.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import { passwordIsConfirmed } from '../session/session.js';
import type { Invitation } from './invitation.js';
import { invitedBy, saidOf } from './invitation.js';
import { knownInvitation } from './known-invitation.js';
import type { SendInvitationDeps } from './send-invitation.js';
import { prepareInvitation } from './send-invitation.js';

/** resendInvitation: a new link for another 72 hours, in the name of who sends it now. The old one is dead. */
export function resendInvitation(deps: SendInvitationDeps) {
  return async (live: LiveSession, id: string): Promise<Result<Invitation>> => {
    const { session, user } = live;
    const link = await knownInvitation(deps, user, id);
    const detail = link && saidOf(invitedBy(link));
    const attempt = attemptOnOther(live, 'RESEND_INVITATION', null, { detail });
    const prepared = await recorded(deps, attempt, async () => {
      if (!passwordIsConfirmed(session, deps.clock.now())) return fail('REAUTHENTICATION_REQUIRED');
      // It may have been accepted or withdrawn since it was read.
      if (!link || !(await deps.links.take(link.id))) return fail('LINK_EXPIRED');
      return prepareInvitation(deps, user, invitedBy(link));
    });
    if (!prepared.ok) return prepared;
    prepared.value.send();
    return ok(prepared.value.invitation);
  };
}
