import type { Clock, Instant } from '../ports.js';

export interface FixedClock extends Clock {
  /** Moves on by this many milliseconds. */
  advance(by: number): void;
  set(to: Instant): void;
}

/** A clock that moves only when it is told to. It starts at 2026-11-02T12:00:00Z. */
export function fixedClock(start: Instant = 1_793_620_800_000): FixedClock {
  let now = start;
  return {
    now: () => now,
    advance(by) {
      now += by;
    },
    set(to) {
      now = to;
    },
  };
}
