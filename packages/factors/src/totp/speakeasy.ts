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
 * and it reads a window that is a string as a far wider one. Code, secret and window are therefore settled here.
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
    // A string would be decoded anew for each step. A key of bytes is taken as it is, which its types do not say.
    const key = fromBase32(secret) as unknown as string;
    const steps = DRIFT.map((drift) => current + drift);
    return steps.find((counter) => isOf(key, counter, code)) ?? null;
  },
};

function isOf(key: string, counter: number, token: string): boolean {
  return speakeasy.hotp.verify({ secret: key, counter, token, window: 0, digits: 6, algorithm: 'sha1' });
}
