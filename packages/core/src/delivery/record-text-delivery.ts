import type { RecordedDeps } from '../audit/recorded.js';
import type { Clock } from '../ports.js';
import type { SentTextStore } from './sent-text-store.js';
import type { SentText } from './sent-text.js';
import type { TextOutcome, TextReport } from './text-report.js';
import { saysMore } from './text-report.js';

export interface RecordTextDeliveryDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly sentTexts: SentTextStore;
}

/** What a report came to. Whoever sent it is told nothing of this. */
export type ReportEnd =
  /** It is a line of the audit log now. `after`: milliseconds since the text was asked for. */
  | { readonly kind: 'RECORDED'; readonly outcome: TextOutcome; readonly after: number }
  /** The text is still under way. */
  | { readonly kind: 'PENDING' }
  /** It says nothing that was not known. */
  | { readonly kind: 'REPEATED' }
  /** No text of this service, or of long ago. */
  | { readonly kind: 'UNKNOWN' };

/** Writes into the audit log of its receiver what a carrier reported of a text: once, however often and in whichever order. */
export function recordTextDelivery(deps: RecordTextDeliveryDeps) {
  return async (report: TextReport): Promise<ReportEnd> => {
    const { outcome } = report;
    if (outcome === null) return { kind: 'PENDING' };
    return deps.transaction(async () => {
      const text = await deps.sentTexts.lock(report);
      if (!text) return { kind: 'UNKNOWN' };
      if (!saysMore(outcome, text.outcome)) return { kind: 'REPEATED' };
      await deps.sentTexts.setOutcome(report, outcome);
      const { userId, organizationId, method } = text;
      const entry = { action: 'DELIVER_TEXT', outcome, userId, organizationId, method } as const;
      await deps.audit.record({ ...entry, sessionId: null });
      return { kind: 'RECORDED', outcome, after: timeOf(report, text, deps.clock.now()) - text.sentAt };
    });
  };
}

/** The carrier's clock is another one, and a report may come hours late: its time counts where it can be true. */
function timeOf({ at }: TextReport, { sentAt }: SentText, now: number): number {
  return Math.max(sentAt, Math.min(at ?? now, now));
}
