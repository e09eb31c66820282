import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Random } from '../ports.js';
import { newRecoveryCode, parseRecoveryCode } from './recovery-code.js';

const random = (bytes: Uint8Array): Random => {
  let used = 0;
  return {
    id: () => 'id',
    token: () => 'token',
    digits: () => '000000',
    bytes: (length) =>
      Uint8Array.from({ length }, (_, i) => (bytes[i % bytes.length] ?? 0) + used++ / length),
  };
};
const someCode = fc
  .uint8Array({ minLength: 29, maxLength: 29 })
  .map((bytes) => newRecoveryCode(random(bytes)));

describe('the recovery code', () => {
  it('is six groups of five of the plain Crockford alphabet', () => {
    fc.assert(
      fc.property(someCode, (code) => {
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/);
      }),
    );
  });

  it('is read without case, spaces and dashes, with I and L as 1 and O as 0', () => {
    fc.assert(
      fc.property(someCode, (code) => {
        const canonical = code.replaceAll('-', '');
        expect(parseRecoveryCode(code)).toBe(canonical);
        expect(parseRecoveryCode(` ${code.toLowerCase().replaceAll('-', ' ')}\n`)).toBe(canonical);
        expect(parseRecoveryCode(code.replaceAll('1', 'l').replaceAll('0', 'o'))).toBe(canonical);
        expect(parseRecoveryCode(code.replaceAll('-', '–'))).toBe(canonical);
      }),
    );
  });

  it('finds every single wrong symbol and every swap of neighbours', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    fc.assert(
      fc.property(someCode, fc.nat(28), fc.nat(31), (code, at, to) => {
        const canonical = code.replaceAll('-', '');
        const other = alphabet.charAt(to);
        const typo = canonical.slice(0, at) + other + canonical.slice(at + 1);
        if (typo !== canonical) expect(parseRecoveryCode(typo)).toBeNull();
        const swapped =
          canonical.slice(0, at) + canonical.charAt(at + 1) + canonical.charAt(at) + canonical.slice(at + 2);
        if (swapped !== canonical) expect(parseRecoveryCode(swapped)).toBeNull();
      }),
    );
  });

  it('follows the published check: the value modulo 37', () => {
    const canonical = newRecoveryCode(random(Uint8Array.of(7, 31, 2, 19, 5))).replaceAll('-', '');
    let value = 0n;
    for (const symbol of canonical.slice(0, 29))
      value = value * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(symbol));
    expect('0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U'.charAt(Number(value % 37n))).toBe(canonical.charAt(29));
  });

  it.each(['', '-', 'AAAAA', 'ÄÖÜ', '🔑'.repeat(15), 'A'.repeat(1_000_000)])('takes no nonsense', (typed) => {
    expect(parseRecoveryCode(typed)).toBeNull();
  });
});
