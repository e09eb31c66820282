import type { Clock, Digest, Random } from '../ports.js';
import type { SessionTransport } from '../sign-in/challenge.js';
import type { UserStore } from '../users/user-store.js';
import type { User } from '../users/user.js';
import type { SessionStore } from './session-store.js';
import type { LiveSession, Session } from './session.js';
import { lifetimes } from './session.js';

export interface OpenSessionDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly sessions: SessionStore;
  readonly users: UserStore;
}

/** A sign-in that has succeeded. The token is known here alone: the store keeps its hash. */
export interface SignedIn extends LiveSession {
  readonly outcome: 'SIGNED_IN';
  readonly token: string;
  readonly transport: SessionTransport;
}

/** Opens a session under a new token, once the last factor is proved. To be called in a transaction. */
export async function openSession(
  deps: OpenSessionDeps,
  user: User,
  { keepSignedIn, transport }: { keepSignedIn: boolean; transport: SessionTransport },
): Promise<SignedIn> {
  const now = deps.clock.now();
  const { idle, absolute } = lifetimes(keepSignedIn);
  const token = deps.random.token();
  const session: Session = {
    id: deps.random.id(),
    userId: user.id,
    signedInAt: now,
    lastSeenAt: now,
    idleExpiresAt: now + idle,
    absoluteExpiresAt: now + absolute,
    keepSignedIn,
    passwordConfirmedUntil: null,
    phoneChangeFreeUntil: null,
  };
  await deps.sessions.create(session, deps.digest.ofSecret(token));
  await deps.users.setLastSignInAt(user.id, now);
  return { outcome: 'SIGNED_IN', session, token, transport, user: { ...user, lastSignInAt: now } };
}

/** What the audit log learns of a sign-in that has succeeded. */
export const sessionOf = ({ session }: SignedIn) => ({ sessionId: session.id });
