import type { LinkPurpose } from './links/link.js';
import type { User } from './users/user.js';

/** Milliseconds since the Unix epoch. The only form of time in this package and in the database (ADR 3). */
export type Instant = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface Clock {
  now(): Instant;
}

/** A cryptographically secure source. */
export interface Random {
  /** A UUIDv7 (RFC 9562, 5.7): it sorts by the time it was made. */
  id(): string;
  /** 256 bits, base64url. */
  token(): string;
  /** Decimal digits, each one uniform. */
  digits(length: number): string;
  bytes(length: number): Uint8Array;
}

/** Where a sealed value is stored. It is bound to the value: moved to another place, the value does not open. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/** Authenticated encryption at rest, under a key with an id. */
export interface Cipher {
  seal(plaintext: string, place: Place): string;
  /** Throws where the value was altered, moved, or sealed under a key that is not in the ring. */
  open(sealed: string, place: Place): string;
}

/** Slow hashing, for passwords alone. */
export interface Hasher {
  /** Does the work with a place kept for the password that it will ask about. Rejects where all places are taken, before
   *  anything is done, so that whoever is turned away costs next to nothing. */
  withPlace<T>(work: () => Promise<T>): Promise<T>;
  hash(password: string): Promise<string>;
  /** With null it does the same work and answers false, so that an unknown account costs the same time. */
  verify(password: string, hash: string | null): Promise<boolean>;
}

/** Fast hashing. */
export interface Digest {
  /** For a value of 128 random bits or more: a token or a recovery code. */
  ofSecret(value: string): string;
  /** Keyed by the server and bound to a context, for what could be guessed: a 6-digit code, a phone, an email. */
  keyed(value: string, context: string): string;
  /** Compares in a time that does not depend on where they differ; true also for a digest of an older key. */
  matchesKeyed(value: string, context: string, digest: string): boolean;
}

/** Everything in `work` happens, or nothing does. A Problem that is returned commits; an exception rolls back.
 *  The whole of `work` may run again after a deadlock: it must do nothing outside the database. */
export type Transaction = <T>(work: () => Promise<T>) => Promise<T>;

/** Where the request in hand came from, as it tells itself: for people to recognise, and never what a rule goes by. */
export interface Origin {
  /** 64 characters at most; null where nobody asked over the network. */
  readonly address: string | null;
  /** The User-Agent header, 255 characters at most. */
  readonly device: string | null;
}

export type OriginOf = () => Origin;

export type Notice =
  | 'TWO_FACTOR_ENABLED'
  | 'TWO_FACTOR_CHANGED'
  | 'TWO_FACTOR_DISABLED'
  | 'TWO_FACTOR_RESET'
  | 'RECOVERY_CODE_USED'
  | 'RECOVERY_CODE_REPLACED'
  | 'PHONE_CHANGED'
  | 'BACKUP_PHONE_REMOVED'
  | 'PASSWORD_CHANGED'
  | 'ACCOUNT_SECURED'
  | 'INVITED'
  | 'INVITED_WITH_ACCOUNT'
  | 'PASSWORD_RESET_REQUESTED'
  | 'FIRST_PASSWORD_DUE'
  | 'EMAIL_CHANGE_LINK'
  | 'EMAIL_CHANGE_WITH_ACCOUNT'
  | 'EMAIL_CHANGE_REQUESTED'
  | 'EMAIL_CHANGED'
  | 'NEW_BROWSER'
  | 'TRUSTED_BROWSER_COPIED'
  | 'SESSIONS_ENDED'
  | 'TWO_FACTOR_DUE'
  | 'OTHER_METHOD_DUE';

/** Whom a mail goes to. Of an account also which one it is: the mail about a change carries a way back. */
export type Addressee = Pick<User, 'email' | 'name'> & Partial<Pick<User, 'id' | 'organization'>>;

/** What a mail says beside what every mail of its kind does. */
export interface NoticeDetail {
  /** The one-time link in it. */
  readonly link?: { readonly purpose: LinkPurpose; readonly token: string };
  /** What the organisation and the one who invites are called: their own text. */
  readonly organization?: string;
  readonly invitedBy?: string;
  /** The address that the account is to have, or has by now. */
  readonly newEmail?: string;
  /** Where it happened. */
  readonly origin?: Origin;
  /** Whose page of devices it leads to. */
  readonly devicesOf?: string;
  /** Until when something is to be done. */
  readonly deadline?: Instant;
}

/** Tells an account's owner what happened to it. It never fails and nobody waits for it. */
export interface Notifier {
  tell(owner: Addressee, notice: Notice, detail?: NoticeDetail): void;
}

/** Whether a password is hard enough to guess (zxcvbn 3 or more) and not on the blocklist. */
export interface PasswordStrength {
  isStrong(password: string, knownAboutUser: readonly string[]): Promise<boolean>;
}

/** Failed passwords by client address: 300 in 5 minutes. An attempt counts from before it is compared, so that a burst
 *  compares no more. */
export interface AddressLimit {
  /** Counts an attempt and answers null; or counts none and answers the moment from which the address may try again. */
  take(address: string): Promise<Instant | null>;
  /** Takes an attempt back that did not fail. */
  giveBack(address: string): Promise<void>;
}
