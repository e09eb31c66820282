import { attemptOnOther, recorded, refused } from '../audit/recorded.js';
import type { Instant } from '../ports.js';
import { Forbidden } from '../refusal.js';
import type { Failure, Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession, Session } from '../session/session.js';
import { passwordIsConfirmed } from '../session/session.js';
import { isEmail, isName, normalizeEmail } from '../users/user.js';
import type { Invitation, Invited } from './invitation.js';
import { mayInvite, saidOf } from './invitation.js';
import type { SendInvitationDeps } from './send-invitation.js';
import { prepareInvitation } from './send-invitation.js';

/** inviteUser: mails a link by which somebody makes an account of their own. The same answer where there is one already. */
export function inviteUser(deps: SendInvitationDeps) {
  return async (live: LiveSession, input: Invited): Promise<Result<Invitation>> => {
    const { session, user } = live;
    if (!mayInvite(user, input.role)) throw new Forbidden('You may not invite somebody to this role.');
    const invited = { email: normalizeEmail(input.email), name: input.name.trim(), role: input.role };
    const refusal = refusalOf(session, invited, deps.clock.now());
    const detail = isEmail(invited.email) ? saidOf(invited) : null;
    const attempt = attemptOnOther(live, 'INVITE_USER', null, { detail });
    if (refusal) return refused(deps, attempt, refusal);
    const prepared = await recorded(deps, attempt, () => prepareInvitation(deps, user, invited));
    if (!prepared.ok) return prepared;
    prepared.value.send();
    return ok(prepared.value.invitation);
  };
}

function refusalOf(session: Session, { email, name }: Invited, now: Instant): Failure | null {
  if (!passwordIsConfirmed(session, now)) return fail('REAUTHENTICATION_REQUIRED');
  if (!isEmail(email)) return fail('EMAIL_INVALID', { field: 'email' });
  return isName(name) ? null : fail('NAME_INVALID', { field: 'name' });
}
