import { v7 } from 'uuid';
import { challengeAnswer, problem, signedInAnswer } from './answers.js';
import type { Floor, Origin } from './floor.js';
import { attemptsOf, hashOfToken, newToken, record } from './floor.js';
import { openSession } from './open-session.js';
import type { CredentialsRow, FactorRow } from './rows.js';
import { transaction } from './statements.js';

export interface SignInInput {
  readonly email: string;
  readonly password: string;
  readonly transport: string;
}

const TEN_MINUTES = 600_000;
const LOCK = 900_000;

/** The first step: the password, and then a challenge or a session. */
export async function signIn(floor: Floor, origin: Origin, input: SignInInput): Promise<object> {
  const counted = countAddress(floor, origin.address);
  if (counted.failures > 300) {
    counted.failures -= 1;
    transaction(floor.sql, () => recordEnd(floor, origin, null, 'TOO_MANY_ATTEMPTS'));
    return problem('TOO_MANY_ATTEMPTS', null, counted.until);
  }
  const email = input.email.normalize('NFKC').trim().toLowerCase();
  const found = floor.sql.credentials.get(email) as CredentialsRow | undefined;
  const hash = found && found.disabled_at === null ? found.password_hash : null;
  const right = await floor.hasher.verify(input.password, hash);
  if (right) counted.failures -= 1;
  return transaction(floor.sql, () => {
    const attempts = attemptsOf(floor, `password:${floor.keys.keyed(email, 'limit:email')}`, LOCK);
    if (attempts.retryAt !== null) {
      recordEnd(floor, origin, found ?? null, 'TOO_MANY_ATTEMPTS');
      return problem('TOO_MANY_ATTEMPTS', null, attempts.retryAt);
    }
    if (right) attempts.succeeded();
    else attempts.failed();
    // While the hash was compared, the account may have changed.
    const user = floor.sql.credentials.get(email) as CredentialsRow | undefined;
    if (!right || !user || user.disabled_at !== null || user.password_hash !== hash) {
      recordEnd(floor, origin, found ?? null, 'INVALID_CREDENTIALS');
      return problem('INVALID_CREDENTIALS');
    }
    return admit(floor, origin, user, input.transport);
  });
}

function admit(floor: Floor, origin: Origin, user: CredentialsRow, transport: string): object {
  if (user.method === null) {
    const { token, expiresAt, id } = openSession(floor, user, { ...origin, keepSignedIn: false });
    recordEnd(floor, origin, user, 'DONE', { sessionId: id });
    return signedInAnswer({ ...user, last_sign_in_at: floor.now() }, token, expiresAt);
  }
  const factors = floor.sql.factors.all(user.user_id) as FactorRow[];
  const token = newToken();
  const now = floor.now();
  const expiresAt = now + TEN_MINUTES;
  floor.sql.newChallenge.run(v7(), user.user_id, hashOfToken(token), transport, 0, null, now, expiresAt);
  recordEnd(floor, origin, user, 'CHALLENGED', { method: user.method });
  const methods = [...new Set([user.method, ...factors.map(({ kind }) => kind)])];
  return challengeAnswer(token, methods, expiresAt);
}

function recordEnd(
  floor: Floor,
  origin: Origin,
  user: CredentialsRow | null,
  outcome: string,
  { method = null, sessionId = null }: { method?: string | null; sessionId?: string | null } = {},
): void {
  const whose = { userId: user?.user_id ?? null, organizationId: user?.organization_id ?? null };
  record(floor, origin, { action: 'SIGN_IN', outcome, method, sessionId, ...whose });
}

/** Counts an attempt before the password is compared; the caller takes a right one back. */
function countAddress({ addresses }: Floor, address: string) {
  // Not the floor's clock: the bench moves that one by hand.
  const now = Date.now();
  let counted = addresses.get(address);
  if (counted === undefined || counted.until <= now) {
    counted = { failures: 0, until: now + 300_000 };
    addresses.set(address, counted);
  }
  counted.failures += 1;
  return counted;
}
