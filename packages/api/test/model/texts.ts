import { DAY, HOUR, MINUTE, SECOND } from '@twofold/core/ports';
import type { Model, Outcome, Text } from './state.js';
import { iso, refusal } from './state.js';

const PAUSE = 30 * SECOND;

/** Sends a text with a code, unless a budget is spent: each budget's own moment is told, in the order of the contract. */
export function send(model: Model, asked: Omit<Text, 'sentAt' | 'code' | 'expiresAt'>, notAfter: number) {
  const { now, texts } = model;
  const expiresAt = Math.min(now + 10 * MINUTE, notAfter);
  const text: Text = { ...asked, sentAt: now, expiresAt, code: '' };
  const sameNumber = texts.filter((other) => other.to === text.to);
  const samePurpose = sameNumber.filter((other) => other.for === text.for);

  const pause = fullUntil(
    sameNumber.filter((other) => other.within === text.within),
    1,
    PAUSE,
    now,
  );
  if (pause !== null) return refusal('RESEND_TOO_SOON', { retryAt: pause });
  const spent =
    fullUntil(
      texts.filter((other) => other.account === text.account),
      10,
      HOUR,
      now,
    ) ??
    fullUntil(samePurpose, 5, 10 * MINUTE, now) ??
    fullUntil(samePurpose, 20, DAY, now);
  if (spent !== null) return refusal('TEXT_LIMIT_REACHED', { retryAt: spent });
  texts.push(text);
  return text;
}

export function isText(sent: Text | Outcome): sent is Text {
  return 'sentAt' in sent;
}

/** What is shown of a text that went out. */
export function delivery(text: Text, slot: string) {
  return { slot, expiresAt: iso(text.expiresAt), resendAt: iso(text.sentAt + PAUSE) };
}

function fullUntil(sent: readonly Text[], most: number, within: number, now: number): number | null {
  const counting = sent.filter(({ sentAt }) => now < sentAt + within);
  const oldestThatMustGo = counting[counting.length - most];
  return oldestThatMustGo ? oldestThatMustGo.sentAt + within : null;
}
