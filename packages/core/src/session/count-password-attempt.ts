import { passwordPolicy } from '../limits/attempt-limit.js';
import { limitKeys } from '../limits/limit-keys.js';
import type { LimitStore } from '../limits/limit-store.js';
import { lockAttempts } from '../limits/lock-attempts.js';
import type { Digest, Instant } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';

export interface PasswordAttemptDeps {
  readonly limits: LimitStore;
  readonly digest: Digest;
}

/**
 * Settles one tried password: counted by email, or by the browser that is known to it, over every operation that takes one. To be called in a transaction,
 * after the slow comparison, so that no lock is held while it runs; a lock that came about meanwhile still counts.
 */
export async function countPasswordAttempt(
  deps: PasswordAttemptDeps,
  attempt: { email: string; browserId: string | null; right: boolean; field?: string },
  now: Instant,
): Promise<Result<null>> {
  const keys = limitKeys.password(deps.digest, attempt.email, attempt.browserId);
  const counter = await lockAttempts(deps.limits, keys, passwordPolicy, now);
  if (!counter.ok) return counter;
  if (attempt.right) {
    await counter.value.succeeded();
    return ok(null);
  }
  await counter.value.failed();
  return fail('INVALID_CREDENTIALS', attempt.field ? { field: attempt.field } : {});
}
