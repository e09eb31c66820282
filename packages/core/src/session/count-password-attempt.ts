import type { Attempts } from '../limits/attempt-limit.js';
import {
  afterFailure,
  afterSuccess,
  forgottenAt,
  lockedUntil,
  passwordPolicy,
} from '../limits/attempt-limit.js';
import { limitKeys } from '../limits/limit-keys.js';
import type { LimitStore } from '../limits/limit-store.js';
import type { Digest, Instant } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';

export interface PasswordAttemptDeps {
  readonly limits: LimitStore;
  readonly digest: Digest;
}

/**
 * Settles one tried password: counted by email over every operation that takes one. To be called in a transaction,
 * after the slow comparison, so that no lock is held while it runs; a lock that came about meanwhile still counts.
 */
export async function countPasswordAttempt(
  deps: PasswordAttemptDeps,
  attempt: { email: string; right: boolean; field?: string },
  now: Instant,
): Promise<Result<null>> {
  const key = limitKeys.password(deps.digest, attempt.email);
  const [state] = await deps.limits.lock([key]);
  const before = (state ?? null) as Attempts | null;
  const retryAt = lockedUntil(before, now);
  if (retryAt !== null) return fail('TOO_MANY_ATTEMPTS', { retryAt });
  if (attempt.right) {
    if (before) await deps.limits.save(key, afterSuccess(before), forgottenAt(before));
    return ok(null);
  }
  const after = afterFailure(passwordPolicy, before, now);
  await deps.limits.save(key, after, forgottenAt(after));
  return fail('INVALID_CREDENTIALS', attempt.field ? { field: attempt.field } : {});
}
