import type { Digest, Instant } from '../ports.js';
import { DAY, MINUTE } from '../ports.js';
import type { Challenge } from '../sign-in/challenge.js';
import type { TwoFactor } from '../two-factor/two-factor.js';
import type { User } from '../users/user.js';

/** A browser in which the second factor is not asked for (ADR 25). It skips that and nothing else. */
export interface TrustedBrowser {
  /** That of the known browser: each account has one of its own in the same browser. */
  readonly id: string;
  readonly userId: string;
  readonly organizationId: string;
  /** As it called itself, and where it was, when it was used last. */
  readonly device: string | null;
  readonly address: string | null;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant;
  /** Use does not move it on. */
  readonly expiresAt: Instant;
}

/** With what its token is compared with. */
export interface KeptTrust extends TrustedBrowser {
  readonly tokenHash: string;
  /** Of the token before; null where there was none. */
  readonly previousHash: string | null;
  readonly rotatedAt: Instant;
}

export const TRUSTED_DAYS = 30;
export const TRUSTED_FOR = TRUSTED_DAYS * DAY;
/** The one that was used longest ago makes room. */
export const MOST_TRUSTED = 10;
/** How long the token before still counts: for requests that were on their way together, and for an answer that was lost. */
export const ROTATION_GRACE = MINUTE;

/** Whether the one who signs in so may have the browser trusted. Only browsers keep the cookie. */
export function mayBeTrusted(
  { organization }: Pick<User, 'organization'>,
  { transport }: Pick<Challenge, 'transport'>,
): boolean {
  return transport === 'COOKIE' && organization.trustedBrowsersAllowed;
}

/** Since when an account is as it is: whatever was trusted before is so no more. */
export function trustedSince(passwordSetAt: Instant, { enabledAt }: Pick<TwoFactor, 'enabledAt'>): Instant {
  return Math.max(passwordSetAt, enabledAt);
}

/** What became of a token: it is the newest; the one before, within the grace; or an old one, of which somebody kept a copy. */
export type TokenAge = 'NEWEST' | 'BEFORE' | 'OLD';

export function ageOf(
  { tokenHash, previousHash, rotatedAt }: KeptTrust,
  presentedHash: string,
  now: Instant,
): TokenAge {
  if (presentedHash === tokenHash) return 'NEWEST';
  return presentedHash === previousHash && now < rotatedAt + ROTATION_GRACE ? 'BEFORE' : 'OLD';
}

/** The token that takes the place of this one. The same each time, so that whoever brings it twice is given one, and made under the
 *  server's key, so that a copy does not tell what comes after it. */
export function secretAfter(digest: Digest, id: string, secret: string): string {
  return digest.keyed(secret, `trusted-browser:${id}`);
}

/** As the browser keeps it. */
export const trustToken = (id: string, secret: string) => `${id}.${secret}`;

/** The secret that one of the tokens holds for this browser of the account; null where none does. */
export function secretFor(id: string, tokens: readonly string[]): string | null {
  const start = trustToken(id, '');
  const token = tokens.find((one) => one.startsWith(start));
  return token === undefined ? null : token.slice(start.length);
}
