import type { Clock, Digest, Notifier, OriginOf, Random } from '../ports.js';
import type { LimitStore } from '../limits/limit-store.js';
import type { Challenge, SessionTransport } from '../sign-in/challenge.js';
import type { UserStore } from '../users/user-store.js';
import type { User } from '../users/user.js';
import type { SessionStore } from './session-store.js';
import { browserToken } from './known-browser.js';
import { isNews } from './new-browser.js';
import type { LiveSession, Session } from './session.js';
import { lifetimes } from './session.js';

export interface OpenSessionDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly origin: OriginOf;
  readonly limits: LimitStore;
  readonly notifier: Notifier;
  readonly sessions: SessionStore;
  readonly users: UserStore;
}

/** A sign-in that has succeeded. The token is known here alone: the store keeps its hash. */
export interface SignedIn extends LiveSession {
  readonly outcome: 'SIGNED_IN';
  readonly token: string;
  readonly transport: SessionTransport;
  /** By which the browser is known from now on; null where it is none that keeps cookies. */
  readonly browserToken: string | null;
  /** By which its second factor is skipped from now on; null where nothing changes. */
  readonly trustToken: string | null;
  /** Whether the owner is to be told of it. */
  readonly isNew: boolean;
}

/**
 * Opens a session under a new token, once the last factor is proved. To be called in a transaction.
 *
 * @param browserId of a browser that is known to the account already
 */
export async function openSession(
  deps: OpenSessionDeps,
  user: User,
  from: Pick<Challenge, 'keepSignedIn' | 'transport' | 'browserId'>,
): Promise<SignedIn> {
  const { keepSignedIn, transport, browserId: known } = from;
  const now = deps.clock.now();
  const { idle, absolute } = lifetimes(keepSignedIn);
  const token = deps.random.token();
  const keepsCookies = transport === 'COOKIE';
  const browserId = known ?? (keepsCookies ? deps.random.id() : null);
  const session: Session = {
    id: deps.random.id(),
    userId: user.id,
    signedInAt: now,
    lastSeenAt: now,
    ...deps.origin(),
    idleExpiresAt: now + idle,
    absoluteExpiresAt: now + absolute,
    keepSignedIn,
    browserId,
    passwordConfirmedUntil: null,
    phoneChangeFreeUntil: null,
  };
  await deps.sessions.create(session, deps.digest.ofSecret(token));
  await deps.users.setLastSignInAt(user.id, now);
  return {
    outcome: 'SIGNED_IN',
    session,
    token,
    transport,
    browserToken:
      keepsCookies && browserId ? browserToken(deps.digest, user.id, { id: browserId, provedAt: now }) : null,
    trustToken: null,
    isNew: await isNews(deps, user, from, now),
    user: { ...user, lastSignInAt: now },
  };
}

/** What the audit log learns of a sign-in that has succeeded. */
export const sessionOf = ({ session }: SignedIn) => ({ sessionId: session.id });
