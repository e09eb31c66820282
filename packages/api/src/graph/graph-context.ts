import type { Instant } from '@twofold/core/ports';
import type { LiveSession } from '@twofold/core/session/session';
import { scopeOf } from '@twofold/core/session/session';
import { Forbidden } from '@twofold/core/refusal';
import type { User } from '@twofold/core/users/user';
import type { UseCases } from '@twofold/core/use-cases';

/** What a resolver gets from the request that carries its operation. */
export interface GraphContext {
  readonly useCases: UseCases;
  /** The session of the bearer token or else of the cookie; null without a live one. */
  readonly live: LiveSession | null;
  /** The same, where it came by the cookie. */
  readonly cookieSession: LiveSession | null;
  /** Who looks: the session's user, or from the moment of success on the one who signs in by this operation. */
  viewer: User | null;
  /** The client's address. */
  readonly address: string;
  now(): Instant;
  readonly sessionCookie: SessionCookie;
  /** By which the browser is known again to the accounts that signed in there. */
  readonly knownBrowser: BrowserCookie;
  /** By which accounts trust it. */
  readonly trustedBrowser: BrowserCookie;
}

export interface SessionCookie {
  /** `lifetime` in ms; null for a cookie that goes when the browser is closed. */
  set(token: string, lifetime: number | null): void;
  clear(): void;
}

/** What a browser keeps for each of the accounts that signed in there. Without cookies it holds nothing. */
export interface BrowserCookie {
  readonly tokens: readonly string[];
  /** Adds a token, in the place of an older one of the same browser and account. Null changes nothing. */
  keep(token: string | null): void;
}

/** There is no live session or token: UNAUTHENTICATED. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
}

/** The session in hand, of whatever scope. For what setting two-factor up takes. */
export function anySession({ live }: GraphContext): LiveSession {
  if (!live) throw new Unauthenticated('Sign in first.');
  return live;
}

/** The session in hand, where it may do everything (S45). */
export function fullSession(context: GraphContext): LiveSession {
  const live = anySession(context);
  if (scopeOf(live.user, context.now()) !== 'FULL')
    throw new Forbidden('Set two-factor authentication up first.');
  return live;
}
