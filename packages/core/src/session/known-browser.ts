import type { Digest, Instant } from '../ports.js';
import { DAY } from '../ports.js';
import type { Session } from './session.js';

/**
 * A browser that has signed in to an account before. It skips nothing: its failures are counted apart, so that the lock
 * that a stranger brings about does not bind it (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"; ADR 13).
 */
export interface KnownBrowser {
  readonly id: string;
  /** When every factor that was due had last been proved in it. */
  readonly provedAt: Instant;
}

/** What a token is judged by: whose account, and since when its password is the present one. */
export interface BrowserOwner {
  readonly userId: string;
  readonly since: Instant;
}

export const KNOWN_FOR = 180 * DAY;

/** The signed token by which the browser is known again. It names no account, and opens none. */
export function browserToken(digest: Digest, userId: string, { id, provedAt }: KnownBrowser): string {
  const said = `${id}.${String(provedAt)}`;
  return `${said}.${digest.keyed(said, contextOf(userId))}`;
}

/** The browser that one of the tokens proves for this account; null where none does. */
export function knownBrowser(
  digest: Digest,
  tokens: readonly string[],
  { userId, since }: BrowserOwner,
  now: Instant,
): KnownBrowser | null {
  for (const token of tokens) {
    const [, id = '', at = '', signature = ''] = /^([^.]+)\.(\d+)\.(.+)$/.exec(token) ?? [];
    const provedAt = Number(at);
    const counts = provedAt >= since && provedAt + KNOWN_FOR > now;
    if (counts && digest.matchesKeyed(`${id}.${at}`, contextOf(userId), signature)) return { id, provedAt };
  }
  return null;
}

/** A token in the place of the one that a change has made too old, for the browser in which the change was made. */
export function stillKnown(digest: Digest, { userId, browserId }: Session, now: Instant): string | null {
  return browserId === null ? null : browserToken(digest, userId, { id: browserId, provedAt: now });
}

const contextOf = (userId: string) => `known-browser:${userId}`;
