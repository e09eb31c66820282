import type { Instant } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { AttemptPolicy, Attempts } from './attempt-limit.js';
import { afterFailure, afterSuccess, forgottenAt, lockedUntil } from './attempt-limit.js';
import type { AttemptKeys } from './limit-keys.js';
import type { LimitStore } from './limit-store.js';

/** The failures of one account, held until the transaction ends: nobody else's attempt is settled meanwhile. */
export interface AttemptCounter {
  failed(): Promise<void>;
  succeeded(): Promise<void>;
}

/** Holds the counter, or answers TOO_MANY_ATTEMPTS. To be called in a transaction (ADR 6). */
export async function lockAttempts(
  limits: LimitStore,
  { account, counted }: AttemptKeys,
  policy: AttemptPolicy,
  now: Instant,
): Promise<Result<AttemptCounter>> {
  // The account's is held even where a known browser has its own: attempts of one account are settled one by one.
  const [state] = await limits.lock([counted, account]);
  const before = (state ?? null) as Attempts | null;
  const retryAt = lockedUntil(before, now);
  if (retryAt !== null) return fail('TOO_MANY_ATTEMPTS', { retryAt });
  return ok({
    async failed() {
      const after = afterFailure(policy, before, now);
      await limits.save(counted, after, forgottenAt(after));
    },
    async succeeded() {
      if (before) await limits.save(counted, afterSuccess(before), forgottenAt(before));
    },
  });
}
