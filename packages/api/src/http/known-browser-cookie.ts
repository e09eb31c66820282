import { KNOWN_FOR } from '@twofold/core/session/known-browser';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KnownBrowserCookie } from '../graph/graph-context.js';
import { cookieTerms } from './session-cookie.js';

export interface KnownBrowserCookies {
  of(request: FastifyRequest, reply: FastifyReply): KnownBrowserCookie;
}

/** Of a shared computer the last accounts that signed in there are remembered. */
const MOST_ACCOUNTS = 4;
/** No part of a token holds it. */
const BETWEEN = '~';

/** Survives signing out: it is no proof of anything but that the browser is not a stranger's. */
export function knownBrowserCookies(publicUrl: string): KnownBrowserCookies {
  const { name, options } = cookieTerms(publicUrl, 'twofold_browser');
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
          void reply.setCookie(name, kept, { ...options, maxAge: KNOWN_FOR / 1_000 });
        },
      };
    },
  };
}

/** For a request with a bearer token: the cookies that it may carry are ignored, and it gets none. */
export const withoutCookies: KnownBrowserCookie = { tokens: [], keep: () => undefined };

/** Each browser has one for each account that signed in there. */
const browserIn = (token: string) => token.split('.', 1)[0];
