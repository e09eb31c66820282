import type { Instant } from '../ports.js';
import { DAY } from '../ports.js';
import type { FactorKind, Receipt } from '../two-factor/second-factor.js';
import type { User } from '../users/user.js';

/** A text of which the carrier will report. Neither number nor code: it only tells whose it was. */
export interface SentText extends Receipt {
  readonly userId: string;
  readonly organizationId: string;
  readonly method: FactorKind;
  readonly sentAt: Instant;
  readonly expiresAt: Instant;
}

/** Carriers speak of 72 hours for most reports. */
const REMEMBERED_FOR = 7 * DAY;

export function sentText(
  { carrier, messageId }: Receipt,
  user: User,
  method: FactorKind,
  now: Instant,
): SentText {
  const owner = { userId: user.id, organizationId: user.organization.id };
  return { carrier, messageId, ...owner, method, sentAt: now, expiresAt: now + REMEMBERED_FOR };
}
