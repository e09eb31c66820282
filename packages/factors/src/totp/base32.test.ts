import { describe, expect, it } from 'vitest';
import { toBase32 } from './base32.js';

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('encodes the vector of RFC 4648, 10: "%s"', (plain, encoded) => {
    expect(toBase32(new TextEncoder().encode(plain))).toBe(encoded);
  });

  it('keeps high bits', () => {
    expect(toBase32(new Uint8Array(20).fill(0xff))).toBe('7'.repeat(32));
  });
});
