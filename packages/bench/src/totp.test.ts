import { expect, test } from 'vitest';
import { base32, codeOf, stepAt, wrongCodeAt } from './totp.js';

const secret = Buffer.from('12345678901234567890');

// RFC 6238, appendix B, the last six of its eight digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [20_000_000_000, '353130'],
])('the code of second %i is that of the RFC', (second, code) => {
  expect(codeOf(secret, stepAt(second * 1_000))).toBe(code);
});

test('a wrong code is none of the steps that a server may take', () => {
  const now = 1_111_111_109_000;
  const near = [-2, -1, 0, 1, 2].map((drift) => codeOf(secret, stepAt(now) + drift));
  expect(near).not.toContain(wrongCodeAt(secret, now));
});

test('base32 is that of RFC 4648', () => {
  expect(base32(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
});
