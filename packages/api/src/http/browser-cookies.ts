import { KNOWN_FOR } from '@twofold/core/session/known-browser';
import { TRUSTED_FOR } from '@twofold/core/trusted-browsers/trusted-browser';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BrowserCookie } from '../graph/graph-context.js';
import { cookieTerms } from './session-cookie.js';

export interface BrowserCookies {
  of(request: FastifyRequest, reply: FastifyReply): BrowserCookie;
}

/** Of a shared computer the last accounts that signed in there are remembered. */
const MOST_ACCOUNTS = 4;
/** No part of a token holds it. */
const BETWEEN = '~';

/** Survives signing out: it is no proof of anything but that the browser is not a stranger's. */
export const knownBrowserCookies = (publicUrl: string) =>
  browserCookies(publicUrl, 'twofold_browser', KNOWN_FOR);

/** Survives signing out: it skips the second factor of the next sign-in. */
export const trustedBrowserCookies = (publicUrl: string) =>
  browserCookies(publicUrl, 'twofold_trust', TRUSTED_FOR);

/** A cookie with a token for each of several accounts, of the form `id.…`. `lifetime` in ms. */
function browserCookies(publicUrl: string, ofName: string, lifetime: number): BrowserCookies {
  const { name, options } = cookieTerms(publicUrl, ofName);
  return {
    of(request, reply) {
      const value = request.cookies[name] ?? '';
      const tokens = value.split(BETWEEN, MOST_ACCOUNTS).filter((token) => token !== '');
      return {
        tokens,
        keep(token) {
          if (token === null) return;
          const others = tokens.filter((other) => browserIn(other) !== browserIn(token));
          const kept = [token, ...others].slice(0, MOST_ACCOUNTS).join(BETWEEN);
          void reply.setCookie(name, kept, { ...options, maxAge: lifetime / 1_000 });
        },
      };
    },
  };
}

/** For a request with a bearer token: the cookies that it may carry are ignored, and it gets none. */
export const withoutCookies: BrowserCookie = { tokens: [], keep: () => undefined };

/** Each browser has one for each account that signed in there. */
const browserIn = (token: string) => token.split('.', 1)[0];
