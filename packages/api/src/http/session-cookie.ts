import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SessionCookie } from '../graph/graph-context.js';

export interface SessionCookies {
  read(request: FastifyRequest): string | null;
  of(reply: FastifyReply): SessionCookie;
}

export function sessionCookies(publicUrl: string): SessionCookies {
  const { name, options } = cookieTerms(publicUrl, 'twofold_session');
  return {
    read: (request) => request.cookies[name] ?? null,
    of: (reply) => ({
      set(token, lifetime) {
        const maxAge = lifetime === null ? {} : { maxAge: Math.floor(lifetime / 1_000) };
        void reply.setCookie(name, token, { ...options, ...maxAge });
      },
      clear: () => void reply.clearCookie(name, options),
    }),
  };
}

/**
 * HttpOnly and SameSite=Lax; on https also Secure and with the prefix __Host-, which binds it to this one host
 * (RFC 6265bis, 4.1.3.2).
 */
export function cookieTerms(publicUrl: string, name: string) {
  const secure = publicUrl.startsWith('https:');
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return { name: secure ? `__Host-${name}` : name, options };
}
