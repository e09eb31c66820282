import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { Digest } from '@twofold/core/ports';
import type { KeyRing, RingKey } from './key-ring.js';

/**
 * SHA-256 in hex for secrets (64 characters); HMAC-SHA-256 under the newest key for what could be guessed, written as
 * `keyId.base64url` (at most 76 characters), so that a digest from before a rotation still compares.
 */
export function createHmacDigest(ring: KeyRing): Digest {
  return {
    ofSecret,

    keyed: (value, context) => `${ring.newest.id}.${mac(ring.newest, value, context).toString('base64url')}`,

    matchesKeyed(value, context, digest) {
      const dot = digest.indexOf('.');
      const key = ring.find(digest.slice(0, Math.max(dot, 0)));
      if (key === undefined) return false;
      const expected = Buffer.from(mac(key, value, context).toString('base64url'));
      const given = Buffer.from(digest.slice(dot + 1));
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

/** It takes no key, so a command line without them makes links too. */
export const ofSecret = (value: string): string => hash('sha256', value, 'hex');

/** JSON keeps context and value apart: `ab` in `c` is not `b` in `ca`. */
function mac(key: RingKey, value: string, context: string): Buffer {
  return createHmac('sha256', key.digest)
    .update(JSON.stringify([context, value]))
    .digest();
}
