import type { Instant } from '../ports.js';
import { MINUTE } from '../ports.js';
import type { Slot } from '../two-factor/second-factor.js';

export type SessionTransport = 'COOKIE' | 'BEARER';

/** The password was right and a second factor is due. There is no session yet. */
export interface Challenge {
  readonly id: string;
  readonly userId: string;
  readonly transport: SessionTransport;
  readonly keepSignedIn: boolean;
  /** The browser that began it, where that has proved this account's second factor before. */
  readonly browserId: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** The newest code sent; an older one is dead. */
  readonly sentCode: SentCode | null;
}

export interface SentCode {
  readonly slot: Slot;
  /** Keyed digest, bound to what it was sent for. */
  readonly codeDigest: string;
  readonly expiresAt: Instant;
}

export const CHALLENGE_FOR = 10 * MINUTE;
/** A texted code, unless what it was sent for ends before. */
export const SENT_CODE_FOR = 10 * MINUTE;
