import type { Receipt } from '../two-factor/second-factor.js';
import type { SentText } from './sent-text.js';
import type { TextOutcome } from './text-report.js';

export interface SentTextStore {
  /** For the report that may come of it. The text is under way whatever becomes of this, so whoever composes the service
   *  sees to it that a failure ends here. */
  remember(text: SentText): Promise<void>;
  /** Held until the end of the transaction in hand. Null where this service sent none such, or it is forgotten by now. */
  lock(receipt: Receipt): Promise<(SentText & { readonly outcome: TextOutcome | null }) | null>;
  setOutcome(receipt: Receipt, outcome: TextOutcome): Promise<void>;
}
