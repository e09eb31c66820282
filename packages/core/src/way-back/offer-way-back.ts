import type { LinkStore } from '../links/link-store.js';
import { newLink } from '../links/link.js';
import type { Clock, Digest, Notice, NoticeDetail, Random } from '../ports.js';
import type { User } from '../users/user.js';
import { hasWayBack } from './way-back.js';

export interface OfferWayBackDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Pick<Digest, 'ofSecret'>;
  readonly links: Pick<LinkStore, 'create'>;
}

/** What is kept of the mail that a link was in. */
export interface WayBackPayload {
  /** The address that it went to: where the account's was changed since, this one is still the owner's. */
  readonly email: string;
}

/** The link "this wasn't me" for the mail about a change; null where a notice has none. */
export function offerWayBack(deps: OfferWayBackDeps) {
  return async (
    owner: Pick<User, 'id' | 'email' | 'organization'>,
    notice: Notice,
  ): Promise<NoticeDetail['link'] | null> => {
    if (!hasWayBack(notice)) return null;
    const payload: WayBackPayload = { email: owner.email };
    const of = { organizationId: owner.organization.id, userId: owner.id, createdBy: null, payload };
    const { link, token, tokenHash } = newLink(deps, { ...of, purpose: 'NOT_ME' }, deps.clock.now());
    await deps.links.create(link, tokenHash);
    return { purpose: 'NOT_ME', token };
  };
}
