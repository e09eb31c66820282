import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOnOther, recorded } from '../audit/recorded.js';
import type { LinkStore } from '../links/link-store.js';
import type { Clock } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import { invitedBy, saidOf } from './invitation.js';
import { knownInvitation } from './known-invitation.js';

export interface WithdrawInvitationDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly links: LinkStore;
}

/** withdrawInvitation: its link is dead. It takes no password: it lets nobody in. */
export function withdrawInvitation(deps: WithdrawInvitationDeps) {
  return async (live: LiveSession, id: string): Promise<Result<{ id: string }>> => {
    const link = await knownInvitation(deps, live.user, id);
    const detail = link && saidOf(invitedBy(link));
    return recorded(deps, attemptOnOther(live, 'WITHDRAW_INVITATION', null, { detail }), async () =>
      link && (await deps.links.take(link.id)) ? ok({ id: link.id }) : fail('LINK_EXPIRED'),
    );
  };
}
