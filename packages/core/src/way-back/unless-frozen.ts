import type { AuditAction } from '../audit/audit-log.js';
import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, refused } from '../audit/recorded.js';
import type { Clock } from '../ports.js';
import type { Result } from '../result.js';
import { fail } from '../result.js';
import type { LiveSession } from '../session/session.js';
import { frozenUntil } from './way-back.js';

export interface UnlessFrozenDeps extends RecordedDeps {
  readonly clock: Clock;
}

/** A change of factors, held back while the owner's "this wasn't me" counts. */
export function unlessFrozen<Input extends readonly unknown[], T>(
  deps: UnlessFrozenDeps,
  action: AuditAction,
  change: (live: LiveSession, ...input: Input) => Promise<Result<T>>,
) {
  return (live: LiveSession, ...input: Input): Promise<Result<T>> => {
    const retryAt = frozenUntil(live.user, deps.clock.now());
    if (retryAt === null) return change(live, ...input);
    return refused(deps, attemptIn(live, action), fail('CHANGES_FROZEN', { retryAt }));
  };
}
