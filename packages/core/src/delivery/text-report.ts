import type { AuditOutcome } from '../audit/audit-log.js';
import type { Instant } from '../ports.js';
import type { Receipt } from '../two-factor/second-factor.js';

/** What became of a text in the end: it is on the phone, the network gave it up, or it ran out on the way. */
export type TextOutcome = Extract<AuditOutcome, 'DONE' | 'UNDELIVERED' | 'EXPIRED'>;

/** What a carrier says of one text. */
export interface TextReport extends Receipt {
  /** Null while the text is still under way. */
  readonly outcome: TextOutcome | null;
  /** When the carrier saw it happen; null where it does not say. */
  readonly at: Instant | null;
}

/**
 * Whether a report says more than what is known. Carriers repeat reports and send them out of order; a phone that has the
 * text keeps it, so that DONE is the last word, also after a network had given up. Pure.
 */
export function saysMore(outcome: TextOutcome, known: TextOutcome | null): boolean {
  return known === null || (outcome === 'DONE' && known !== 'DONE');
}
