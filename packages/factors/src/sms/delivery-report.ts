import type { Reading } from '@twofold/core/delivery/carrier-report';
import type { TextReport } from '@twofold/core/delivery/text-report';
import type { Receipt } from '@twofold/core/two-factor/second-factor';

const anId = /^[\w-]{1,80}$/;
/** Digits alone, and fewer than any phone number has. */
const anErrorCode = /^[1-9][0-9]{0,5}$/;

/** Null where the id cannot be stored: then nobody waits for a report. */
export function receiptOf(carrier: string, messageId: string): Receipt | null {
  return anId.test(messageId) ? { carrier, messageId } : null;
}

/** A report of a message, in the words of its carrier: `outcomes` says what they mean. */
export function readingOf(
  carrier: string,
  outcomes: Readonly<Record<string, TextReport['outcome']>>,
  said: { id: unknown; status: unknown; at: unknown; errorCode: unknown },
): Reading {
  const { id, status } = said;
  if (typeof id !== 'string' || typeof status !== 'string' || !Object.hasOwn(outcomes, status))
    return { kind: 'UNREADABLE' };
  const receipt = receiptOf(carrier, id);
  const outcome = outcomes[status];
  if (receipt === null || outcome === undefined) return { kind: 'UNREADABLE' };
  const code = String(said.errorCode);
  return {
    kind: 'REPORT',
    report: { ...receipt, outcome, at: timeOf(said.at) },
    errorCode: outcome !== null && outcome !== 'DONE' && anErrorCode.test(code) ? code : null,
  };
}

/** Of RFC 3339. A `+` that nobody escaped reads as a space in a query. */
function timeOf(text: unknown): number | null {
  const time = typeof text === 'string' ? Date.parse(text.replace(' ', '+')) : NaN;
  return Number.isNaN(time) ? null : time;
}
