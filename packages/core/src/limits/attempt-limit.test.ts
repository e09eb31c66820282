import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../ports.js';
import type { Attempts } from './attempt-limit.js';
import {
  afterFailure,
  afterSuccess,
  lockedUntil,
  passwordPolicy,
  secondFactorPolicy,
} from './attempt-limit.js';

const start = 1_800_000_000_000;

function fail(times: number, from: Attempts | null, now = start, policy = secondFactorPolicy): Attempts {
  let attempts = from;
  for (let i = 0; i < times; i++) attempts = afterFailure(policy, attempts, now);
  if (!attempts) throw new Error('no failure');
  return attempts;
}

describe('guessing: the limit of failures in a row', () => {
  it('lets nine failures pass and locks at the tenth for 15 minutes', () => {
    expect(lockedUntil(fail(9, null), start)).toBeNull();
    const locked = fail(10, null);
    expect(lockedUntil(locked, start)).toBe(start + 15 * MINUTE);
    expect(lockedUntil(locked, start + 15 * MINUTE - 1)).toBe(start + 15 * MINUTE);
    expect(lockedUntil(locked, start + 15 * MINUTE)).toBeNull();
  });

  it('doubles the lock up to 24 hours', () => {
    let attempts: Attempts | null = null;
    let now = start;
    const minutes: number[] = [];
    for (let round = 0; round < 9; round++) {
      attempts = fail(10, attempts, now);
      const until = lockedUntil(attempts, now);
      if (until === null) throw new Error('not locked');
      minutes.push((until - now) / MINUTE);
      now = until;
    }
    expect(minutes).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
  });

  it('starts over after 24 hours without a failure, and not a moment before', () => {
    const lock = fail(10, null);
    const end = start + 15 * MINUTE;
    expect(lockedUntil(fail(10, lock, end + DAY - 1), end + DAY - 1)).toBe(end + DAY - 1 + 30 * MINUTE);
    expect(lockedUntil(fail(10, lock, end + DAY), end + DAY)).toBe(end + DAY + 15 * MINUTE);
    expect(fail(1, fail(9, null), start + DAY).failures).toBe(1);
  });

  it('a success breaks the row of failures and remembers earlier locks', () => {
    expect(afterSuccess(fail(9, null))).toBeNull();
    const after = afterSuccess(fail(9, fail(10, null), start + HOUR));
    expect(after).toMatchObject({ failures: 0, locks: 1 });
    expect(lockedUntil(fail(10, after, start + 2 * HOUR), start + 2 * HOUR)).toBe(start + 2.5 * HOUR);
  });

  it('a success does not make the locks forgotten earlier: the time of a lock is no time without a failure', () => {
    const lock = fail(10, null);
    const almostADayLater = start + 15 * MINUTE + DAY - 1;
    const after = fail(10, afterSuccess(lock), almostADayLater);
    expect(lockedUntil(after, almostADayLater)).toBe(almostADayLater + 30 * MINUTE);
    expect(lockedUntil(afterSuccess(lock), start + 15 * MINUTE)).toBeNull();
  });

  it('locks passwords for 15 minutes each time', () => {
    const first = fail(10, null, start, passwordPolicy);
    const second = fail(10, first, start + HOUR, passwordPolicy);
    expect(lockedUntil(second, start + HOUR)).toBe(start + HOUR + 15 * MINUTE);
  });
});
