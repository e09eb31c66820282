import type { Instant } from '../ports.js';
import { DAY, MINUTE } from '../ports.js';

/** Failures in a row, and the lock that follows when there are too many (NIST SP 800-63B-4, 3.2.2). Pure. */
export interface Attempts {
  readonly failures: number;
  /** How many locks there have been; each one is twice as long as the one before. */
  readonly locks: number;
  readonly lockedUntil: Instant | null;
  readonly lastFailureAt: Instant;
}

export interface AttemptPolicy {
  readonly failures: number;
  readonly firstLock: number;
  readonly longestLock: number;
}

const FORGOTTEN_AFTER = DAY;

export const secondFactorPolicy: AttemptPolicy = { failures: 10, firstLock: 15 * MINUTE, longestLock: DAY };
export const passwordPolicy: AttemptPolicy = {
  failures: 10,
  firstLock: 15 * MINUTE,
  longestLock: 15 * MINUTE,
};

/** The moment at which the lock ends; null where there is none. */
export function lockedUntil(attempts: Attempts | null, now: Instant): Instant | null {
  return attempts?.lockedUntil != null && attempts.lockedUntil > now ? attempts.lockedUntil : null;
}

/** The state after one more failure. The lock itself does not count as time without a failure. */
export function afterFailure(policy: AttemptPolicy, before: Attempts | null, now: Instant): Attempts {
  const known = before && forgottenAt(before) > now ? before : null;
  const failures = (known?.failures ?? 0) + 1;
  const locks = known?.locks ?? 0;
  if (failures < policy.failures) return { failures, locks, lockedUntil: null, lastFailureAt: now };
  const lock = Math.min(policy.firstLock * 2 ** locks, policy.longestLock);
  return { failures: 0, locks: locks + 1, lockedUntil: now + lock, lastFailureAt: now };
}

/**
 * The state after a success: the row of failures is broken; earlier locks are remembered, and for as long as without it. Null:
 * nothing to keep.
 */
export function afterSuccess(before: Attempts | null): Attempts | null {
  return before && before.locks > 0 ? { ...before, failures: 0 } : null;
}

/** From then on it is as if there had been no failure. */
export function forgottenAt(attempts: Attempts): Instant {
  return Math.max(attempts.lastFailureAt, attempts.lockedUntil ?? 0) + FORGOTTEN_AFTER;
}
