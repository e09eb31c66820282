import { DAY, MINUTE } from '@twofold/core/ports';
import type { Failures, Outcome } from './state.js';
import { refusal } from './state.js';

const IN_A_ROW = 10;
const FIRST_LOCK = 15 * MINUTE;

/** The refusal while a lock lasts; null where attempts are looked at. */
export function lockedOut({ lockedUntil }: Failures, now: number): Outcome | null {
  return now < lockedUntil ? refusal('TOO_MANY_ATTEMPTS', { retryAt: lockedUntil }) : null;
}

/** One more failure. Ten in a row lock for 15 minutes, doubling up to `longest`; a day of quiet starts it all over. */
export function fail(failures: Failures, now: number, longest: number): void {
  if (now >= failures.quietSince + DAY) Object.assign(failures, { inARow: 0, locks: 0 });
  failures.inARow += 1;
  failures.quietSince = now;
  if (failures.inARow < IN_A_ROW) return;
  failures.inARow = 0;
  failures.lockedUntil = now + Math.min(FIRST_LOCK * 2 ** failures.locks, longest);
  failures.locks += 1;
  failures.quietSince = failures.lockedUntil;
}

/** A success breaks the row and forgets no lock. */
export function succeed(failures: Failures): void {
  failures.inARow = 0;
}

export const LONGEST_PASSWORD_LOCK = 15 * MINUTE;
export const LONGEST_CODE_LOCK = DAY;
