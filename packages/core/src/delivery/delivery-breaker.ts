import type { Instant } from '../ports.js';
import { HOUR } from '../ports.js';

/**
 * Messages to one area for one organisation, and how many of their codes came back. Texts that nobody reads are sent to be paid
 * for: to numbers whose owner earns by them (OWASP, "SMS pumping"). Pure.
 */
export interface BreakerState {
  readonly since: Instant;
  readonly sent: number;
  readonly verified: number;
  readonly openUntil: Instant | null;
}

const PERIOD = HOUR;
/** Below this many in a period nothing is said about a rate. */
const ENOUGH = 100;
/** The part of codes that comes back at the least. */
const LEAST_VERIFIED = 0.1;
const OPEN_FOR = HOUR;

export const breakerKey = (organizationId: string, area: string) => `breaker:${organizationId}:${area}`;

/** Until when no more messages go there; null where they go. */
export function openUntil(state: BreakerState | null, now: Instant): Instant | null {
  return state?.openUntil != null && state.openUntil > now ? state.openUntil : null;
}

/** The state after one more message: it trips where enough were sent and hardly any code came back. */
export function afterSent(before: BreakerState | null, now: Instant): BreakerState {
  const state = current(before, now);
  const sent = state.sent + 1;
  const trips = sent >= ENOUGH && state.verified < sent * LEAST_VERIFIED;
  if (trips) return { since: now + OPEN_FOR, sent: 0, verified: 0, openUntil: now + OPEN_FOR };
  return { ...state, sent };
}

/** The state after the code of a message came back; null where none was sent in this period. */
export function afterVerified(before: BreakerState | null, now: Instant): BreakerState | null {
  if (!before || now >= before.since + PERIOD) return null;
  return { ...before, verified: before.verified + 1 };
}

export function breakerKeptUntil(now: Instant): Instant {
  return now + PERIOD + OPEN_FOR;
}

function current(state: BreakerState | null, now: Instant): BreakerState {
  if (state && now < state.since + PERIOD) return state;
  return { since: now, sent: 0, verified: 0, openUntil: null };
}
