import type { Instant } from '../ports.js';
import { DAY, HOUR, MINUTE } from '../ports.js';
import { isDemanded, isProtected } from '../policy/policy.js';
import type { User } from '../users/user.js';

export interface Session {
  readonly id: string;
  readonly userId: string;
  /** When the password (and the second factor, where one was due) was proved. */
  readonly signedInAt: Instant;
  readonly lastSeenAt: Instant;
  /** The browser or program that began it, as it calls itself. */
  readonly device: string | null;
  /** Where it was used last. */
  readonly address: string | null;
  /** It ends here if it is not used before; moved on by use. */
  readonly idleExpiresAt: Instant;
  /** It ends here whatever happens. */
  readonly absoluteExpiresAt: Instant;
  readonly keepSignedIn: boolean;
  /** The browser in which it was begun, where that is known to the account by now. */
  readonly browserId: string | null;
  readonly passwordConfirmedUntil: Instant | null;
  /** After two-factor was switched on in this session: a phone may be added without the password until then. */
  readonly phoneChangeFreeUntil: Instant | null;
}

/** A session in use, with its user as they are now. */
export interface LiveSession {
  readonly session: Session;
  readonly user: User;
}

export type SessionScope = 'FULL' | 'TWO_FACTOR_SETUP_ONLY';

/** How long a session lives, idle and in all (contract, "Numbers"). */
export function lifetimes(keepSignedIn: boolean): { idle: number; absolute: number } {
  return keepSignedIn ? { idle: 14 * DAY, absolute: 30 * DAY } : { idle: 30 * MINUTE, absolute: 12 * HOUR };
}

export function expiresAt(session: Session): Instant {
  return Math.min(session.idleExpiresAt, session.absoluteExpiresAt);
}

/** How long a confirmed password counts, and a fresh sign-in in its stead before the first set-up. */
export const CONFIRMED_FOR = 10 * MINUTE;

export function passwordIsConfirmed(session: Session, now: Instant): boolean {
  return session.passwordConfirmedUntil !== null && session.passwordConfirmedUntil > now;
}

export function signedInRecently(session: Session, now: Instant): boolean {
  return session.signedInAt + CONFIRMED_FOR > now;
}

/** Where the organisation demands two-factor by now and the user has no allowed method, a session serves only to set one up (S45). */
export function scopeOf(user: User, now: Instant): SessionScope {
  return isDemanded(user.organization, now) && !isProtected(user) ? 'TWO_FACTOR_SETUP_ONLY' : 'FULL';
}
