import { createHmac } from 'node:crypto';

const STEP_MS = 30_000;

export const stepAt = (now: number): number => Math.floor(now / STEP_MS);

/** The 6 digits of one step (RFC 6238; RFC 4226, 5.3). */
export function codeOf(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac[19]! & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** A code that is right neither now nor within a step of drift. */
export function wrongCodeAt(secret: Buffer, now: number): string {
  const right = [-2, -1, 0, 1, 2].map((drift) => codeOf(secret, stepAt(now) + drift));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code))!;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, 6. 160 bits come out even: no padding. */
export function base32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return bits.replace(/.{5}/g, (five) => ALPHABET.charAt(Number.parseInt(five, 2)));
}

/** Back again. */
export function fromBase32(text: string): Buffer {
  const bytes = Buffer.alloc(Math.floor((text.length * 5) / 8));
  let pending = 0;
  let pendingBits = 0;
  let length = 0;
  for (const letter of text) {
    pending = ((pending << 5) | ALPHABET.indexOf(letter)) & 0xfff;
    pendingBits += 5;
    if (pendingBits < 8) continue;
    pendingBits -= 8;
    bytes[length++] = pending >> pendingBits;
  }
  return bytes;
}
