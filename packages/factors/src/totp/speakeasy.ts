import { createHmac, timingSafeEqual } from 'node:crypto';
import { isCode } from '@twofold/core/two-factor/second-factor';
import speakeasy from 'speakeasy';
import { fromBase32, toBase32 } from './base32.js';
import type { TotpEngine } from './totp-engine.js';

const SECRET_BYTES = 20;
const STEP_SECONDS = 30;
/** Of a phone's clock, in steps. Most codes are of the present one, which is why it comes first. */
const DRIFT = [0, 1, -1];

/**
 * speakeasy compares with parseInt, so `8554xx` passes for `008554`; it takes an unreadable secret for an empty key;
 * and it reads a window that is a string as a far wider one. Code, secret and window are therefore settled here, and what is
 * left to it is how a digest becomes a code.
 */
export const speakeasyEngine: TotpEngine = {
  encodeSecret(secret) {
    if (secret.length !== SECRET_BYTES) throw new Error('A TOTP secret has 160 bits.');
    return toBase32(secret);
  },

  stepOf(secret, code, now) {
    if (!/^[A-Z2-7]{32}$/.test(secret)) throw new Error('A stored TOTP secret is not 160 bits in base32.');
    if (!isCode(code)) return null;
    const current = Math.floor(now / 1_000 / STEP_SECONDS);
    const key = fromBase32(secret);
    const given = Buffer.from(code);
    const steps = DRIFT.map((drift) => current + drift);
    return steps.find((step) => timingSafeEqual(Buffer.from(codeOf(key, step)), given)) ?? null;
  },
};

/**
 * HOTP of six digits (RFC 4226, 5.3). speakeasy can make the digest itself, by a constructor of Buffer that Node warns of; to find out
 * whether to warn costs more than the digest.
 */
function codeOf(key: Buffer, counter: number): string {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac('sha1', key).update(moving).digest();
  return speakeasy.hotp({ secret: '', counter, digits: 6, digest });
}
