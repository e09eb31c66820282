import { DAY, HOUR, MINUTE } from '@twofold/core/ports';
import type { Account, Model, Outcome, Session } from './state.js';
import { iso, refusal } from './state.js';
import { fail, lockedOut, LONGEST_PASSWORD_LOCK, succeed } from './failures.js';

const absoluteEnd = ({ keep, signedInAt }: Session) => signedInAt + (keep ? 30 * DAY : 12 * HOUR);

export function endOf(session: Session): number {
  return Math.min(session.usedAt + (session.keep ? 14 * DAY : 30 * MINUTE), absoluteEnd(session));
}

export function lives(session: Session | undefined, now: number): boolean {
  return session !== undefined && !session.ended && now < endOf(session);
}

/** A request with the session's token: null where it is let in. Use moves the idle end on, once a minute at most. */
export function knock({ now }: Model, session: Session): Outcome | null {
  if (!lives(session, now)) return { is: 'UNAUTHENTICATED' };
  if (now >= session.usedAt + MINUTE) session.usedAt = now;
  return null;
}

export function openSession({ now }: Model, account: Account, keep: boolean): Outcome {
  const session: Session = {
    token: '',
    ended: false,
    signedInAt: now,
    usedAt: now,
    keep,
    confirmedUntil: 0,
    phoneFreeUntil: 0,
  };
  account.sessions.push(session);
  account.lastSignInAt = now;
  const viewer = { email: account.email, twoFactorMethod: account.protection?.method ?? null };
  return { is: 'SignedIn', expiresAt: iso(endOf(session)), scope: 'FULL', viewer };
}

/** Ends them, and the set-ups in them. Answers how many lived. */
export function endSessions({ now }: Model, account: Account, but: Session | null): number {
  const others = account.sessions.filter((session) => session !== but && lives(session, now));
  for (const session of others) session.ended = true;
  return others.length;
}

/** Tries a password, on whatever operation takes one: null where it is right. */
export function tryPassword(
  model: Model,
  account: Account,
  password: string,
  field?: string,
): Outcome | null {
  const failures = account.failed.passwords;
  const locked = lockedOut(failures, model.now);
  if (locked) return locked;
  if (password === account.password) {
    succeed(failures);
    return null;
  }
  fail(failures, model.now, LONGEST_PASSWORD_LOCK);
  return refusal('INVALID_CREDENTIALS', field === undefined ? {} : { field });
}

export function confirmPassword(model: Model, account: Account, session: Session, password: string): Outcome {
  const refused = tryPassword(model, account, password, 'password');
  if (refused) return refused;
  session.confirmedUntil = Math.min(model.now + 10 * MINUTE, absoluteEnd(session));
  return { is: 'PasswordConfirmed', expiresAt: iso(session.confirmedUntil) };
}

export const isConfirmed = ({ now }: Model, session: Session) => now < session.confirmedUntil;

export function changePassword(
  model: Model,
  account: Account,
  session: Session,
  { current, next }: { current: string; next: string },
): Outcome {
  if (next.length < 12) return refusal('PASSWORD_TOO_WEAK', { field: 'newPassword' });
  const refused = tryPassword(model, account, current, 'currentPassword');
  if (refused) return refused;
  account.password = next;
  endChallenges(account);
  return { is: 'PasswordChanged', endedSessions: endSessions(model, account, session) };
}

export function endChallenges(account: Account): void {
  for (const challenge of account.challenges) challenge.ended = true;
}

/** What a session shows of itself and its user. */
export function look(model: Model, account: Account, session: Session): Outcome {
  return {
    is: 'User',
    email: account.email,
    lastSignInAt: account.lastSignInAt === null ? null : iso(account.lastSignInAt),
    twoFactorEnabled: account.protection !== null,
    twoFactorMethod: account.protection?.method ?? null,
    session: {
      scope: 'FULL',
      expiresAt: iso(endOf(session)),
      passwordConfirmedUntil: isConfirmed(model, session) ? iso(session.confirmedUntil) : null,
    },
  };
}

export function signOut(session: Session): Outcome {
  session.ended = true;
  return { is: 'SignedOut' };
}
