import type { Instant } from '../ports.js';
import { DAY } from '../ports.js';
import type { FactorKind, Receipt } from '../two-factor/second-factor.js';
import type { User } from '../users/user.js';
import type { TextOutcome } from './text-report.js';

/** A text of which the carrier will report. Neither number nor code: it only tells whose it was. */
export interface SentText extends Receipt {
  readonly userId: string;
  readonly organizationId: string;
  readonly method: FactorKind;
  readonly sentAt: Instant;
  readonly expiresAt: Instant;
}

export interface SentTextStore {
  /** Never fails: the text is under way, whatever becomes of this. */
  remember(text: SentText): Promise<void>;
  /** Held until the end of the transaction in hand. Null where this service sent none such, or it is forgotten by now. */
  lock(receipt: Receipt): Promise<(SentText & { readonly outcome: TextOutcome | null }) | null>;
  setOutcome(receipt: Receipt, outcome: TextOutcome): Promise<void>;
}

/** Carriers give up on a report that is not taken within hours. */
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
