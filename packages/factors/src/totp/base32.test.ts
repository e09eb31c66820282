import { describe, expect, it } from 'vitest';
import { fromBase32, toBase32 } from './base32.js';

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
    expect(fromBase32(encoded).toString()).toBe(plain);
  });

  it.each(['mzxw6', 'MZXW6===', 'MZ W6', '0189'])('is nothing else: "%s"', (text) => {
    expect(() => fromBase32(text)).toThrow('not base32');
  });

  it('keeps high bits', () => {
    expect(toBase32(new Uint8Array(20).fill(0xff))).toBe('7'.repeat(32));
    expect(fromBase32('7'.repeat(32))).toEqual(Buffer.alloc(20, 0xff));
  });
});
