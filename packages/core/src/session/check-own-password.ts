import type { AuditAction } from '../audit/audit-log.js';
import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded } from '../audit/recorded.js';
import type { Clock, Hasher } from '../ports.js';
import type { Result } from '../result.js';
import { fail } from '../result.js';
import type { UserStore } from '../users/user-store.js';
import type { LiveSession } from './session.js';
import type { PasswordAttemptDeps } from './count-password-attempt.js';
import { countPasswordAttempt } from './count-password-attempt.js';

export interface OwnPasswordDeps extends PasswordAttemptDeps, RecordedDeps {
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly users: UserStore;
}

interface OwnAttempt {
  readonly action: AuditAction;
  readonly password: string;
  readonly field: string;
}

/** Compares the password of a signed-in user and, where it is right, does `then` in the transaction that counts it. */
export function checkOwnPassword<T>(
  deps: OwnPasswordDeps,
  live: LiveSession,
  { action, password, field }: OwnAttempt,
  then: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const { user, session } = live;
  return deps.hasher.withPlace(async () => {
    const compared = await deps.users.credentialsById(user.id);
    const right = await deps.hasher.verify(password, compared?.passwordHash ?? null);
    return recorded(deps, attemptIn(live, action), async () => {
      const attempt = { email: user.email, browserId: session.browserId, right, field };
      const counted = await countPasswordAttempt(deps, attempt, deps.clock.now());
      if (!counted.ok) return counted;
      // The password may have been changed while it was compared.
      const current = await deps.users.credentialsById(user.id);
      return current?.passwordHash === compared?.passwordHash
        ? then()
        : fail('INVALID_CREDENTIALS', { field });
    });
  });
}
