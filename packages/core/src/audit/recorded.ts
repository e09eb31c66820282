import type { Transaction } from '../ports.js';
import type { Failure, Result } from '../result.js';
import type { LiveSession } from '../session/session.js';
import type { User } from '../users/user.js';
import type { AuditEntry, AuditLog } from './audit-log.js';

export interface RecordedDeps {
  readonly transaction: Transaction;
  readonly audit: AuditLog;
}

/** An attempt before its end is known. */
export type Attempt = Omit<AuditEntry, 'outcome'>;

/** Does `work` in a transaction, and writes how it ended in the same one. `learned` adds what only the end tells. */
export function recorded<T>(
  deps: RecordedDeps,
  attempt: Attempt,
  work: () => Promise<Result<T>>,
  learned: (value: T) => Partial<AuditEntry> = () => ({}),
): Promise<Result<T>> {
  return deps.transaction(async () => {
    const result = await work();
    const end = result.ok
      ? { outcome: 'DONE' as const, ...learned(result.value) }
      : { outcome: result.problem.code };
    await deps.audit.record({ ...attempt, ...end });
    return result;
  });
}

/** Writes an attempt that was refused before anything was done. */
export function refused(deps: RecordedDeps, attempt: Attempt, failure: Failure): Promise<Failure> {
  return deps.transaction(async () => {
    await deps.audit.record({ ...attempt, outcome: failure.problem.code });
    return failure;
  });
}

/** An attempt on an account, or on none. */
export function attemptOn(
  user: User | null,
  action: Attempt['action'],
  more: Partial<Omit<Attempt, 'action' | 'userId' | 'organizationId'>> = {},
): Attempt {
  const organizationId = user?.organization.id ?? null;
  return { action, userId: user?.id ?? null, organizationId, method: null, sessionId: null, ...more };
}

/** An attempt of a signed-in user on another's account; `target` null where there is no such account. */
export function attemptOnOther(
  { session, user }: LiveSession,
  action: Attempt['action'],
  target: User | null,
  more: Partial<Pick<Attempt, 'method' | 'detail'>> = {},
): Attempt {
  return {
    ...attemptOn(target, action, { sessionId: session.id, actorId: user.id, ...more }),
    organizationId: user.organization.id,
  };
}

/** An attempt of a signed-in user on the own account. */
export function attemptIn(
  { session, user }: LiveSession,
  action: Attempt['action'],
  method: string | null = null,
): Attempt {
  return attemptOn(user, action, { sessionId: session.id, method });
}
