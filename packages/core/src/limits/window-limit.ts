import type { Instant } from '../ports.js';

/** At most `most` events in any span of `within` ms. Pure. */
export interface WindowLimit {
  readonly most: number;
  readonly within: number;
  /** Events of the same `grain` ms are remembered as one entry, to the safe side; 1 is exact. */
  readonly grain: number;
}

/** The events that still count: [start of the grain, how many]. */
export type WindowLog = readonly (readonly [Instant, number])[];

/** The moment from which one more event fits; null where it fits now. */
export function fullUntil(limit: WindowLimit, log: WindowLog, now: Instant): Instant | null {
  const counting = log.filter((entry) => endOf(limit, entry) > now);
  let total = counting.reduce((sum, [, count]) => sum + count, 0);
  let until: Instant | null = null;
  for (const entry of counting) {
    if (total < limit.most) break;
    total -= entry[1];
    until = endOf(limit, entry);
  }
  return until;
}

/** The log with one more event, without those that no longer count. */
export function withEvent(limit: WindowLimit, log: WindowLog, now: Instant): WindowLog {
  const counting = log.filter((entry) => endOf(limit, entry) > now);
  const start = now - (now % limit.grain);
  const last = counting.at(-1);
  if (last && last[0] >= start) return [...counting.slice(0, -1), [last[0], last[1] + 1]];
  return [...counting, [start, 1]];
}

function endOf(limit: WindowLimit, [start]: readonly [Instant, number]): Instant {
  return start + limit.grain - 1 + limit.within;
}
