import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { PasswordHasher } from '../../hashing.js';
import type { Keys } from './keys.js';
import type { Attempts } from './rows.js';
import type { Statements } from './statements.js';

/** What a request to the floor has at hand. */
export interface Floor {
  readonly sql: Statements;
  readonly keys: Keys;
  readonly hasher: PasswordHasher;
  readonly now: () => number;
  /** Failed passwords by address: 300 in 5 minutes. */
  readonly addresses: Map<string, { failures: number; until: number }>;
}

export interface Origin {
  readonly address: string;
  readonly device: string | null;
  readonly requestId: string;
}

export const hashOfToken = (token: string) => createHash('sha256').update(token).digest('hex');
export const newToken = () => randomBytes(32).toString('base64url');

interface Line {
  readonly action: string;
  readonly outcome: string;
  readonly organizationId: string | null;
  readonly userId: string | null;
  readonly method: string | null;
  readonly sessionId: string | null;
}

export function record({ sql, now }: Floor, origin: Origin, line: Line): void {
  const { action, outcome, organizationId, userId, method, sessionId } = line;
  sql.newLine.run(
    ...[v7(), now(), action, outcome, organizationId, userId, method, sessionId],
    ...[origin.address, origin.device, origin.requestId],
  );
}

const DAY = 86_400_000;
const forgottenAt = (attempts: Attempts) => Math.max(attempts.lastFailureAt, attempts.lockedUntil ?? 0) + DAY;

/** Ten failures in a row lock an account for 15 minutes, and each further lock is twice as long, up to `longestLock`. */
export function attemptsOf({ sql, now }: Floor, key: string, longestLock: number) {
  const row = sql.limit.get(key) as { state: string | null } | undefined;
  const before = row?.state == null ? null : (JSON.parse(row.state) as Attempts);
  const at = now();
  return {
    retryAt: before?.lockedUntil != null && before.lockedUntil > at ? before.lockedUntil : null,
    failed() {
      const known = before !== null && forgottenAt(before) > at ? before : { failures: 0, locks: 0 };
      const failures = known.failures + 1;
      const lock = Math.min(900_000 * 2 ** known.locks, longestLock);
      const after: Attempts =
        failures < 10
          ? { failures, locks: known.locks, lockedUntil: null, lastFailureAt: at }
          : { failures: 0, locks: known.locks + 1, lockedUntil: at + lock, lastFailureAt: at };
      sql.saveLimit.run(key, JSON.stringify(after), forgottenAt(after));
    },
    succeeded() {
      if (before === null) return;
      if (before.locks === 0) sql.dropLimit.run(key);
      else sql.saveLimit.run(key, JSON.stringify({ ...before, failures: 0 }), forgottenAt(before));
    },
  };
}
