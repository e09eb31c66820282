import type { LinkStore } from '../links/link-store.js';
import type { Clock, Digest } from '../ports.js';
import type { EmailChangeRequested } from './request-email-change.js';
import { newEmailOf } from './request-email-change.js';

export interface ViewEmailChangeDeps {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly links: Pick<LinkStore, 'findLive'>;
}

/** emailChange: what the link would do; null where it can no longer be used. Whose account it is, it does not tell: the address
 *  may have been mistyped. */
export function viewEmailChange(deps: ViewEmailChangeDeps) {
  return async (token: string): Promise<EmailChangeRequested | null> => {
    const link = await deps.links.findLive(deps.digest.ofSecret(token), 'EMAIL_CHANGE', deps.clock.now());
    return link && { newEmail: newEmailOf(link), expiresAt: link.expiresAt };
  };
}
