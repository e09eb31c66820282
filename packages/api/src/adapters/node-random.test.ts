import { describe, expect, it } from 'vitest';
import { nodeRandom } from './node-random.js';

describe('random values', () => {
  it('makes ids that are UUIDv7 and sort by the time they were made', () => {
    const ids = Array.from({ length: 200 }, () => nodeRandom.id());
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(200);
  });

  it('makes tokens of 256 bits, never the same twice', () => {
    const tokens = Array.from({ length: 100 }, () => nodeRandom.token());
    for (const token of tokens) {
      expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    }
    expect(new Set(tokens).size).toBe(100);
  });

  it('makes as many ASCII digits as asked for, zeros in front among them', () => {
    const codes = Array.from({ length: 1_000 }, () => nodeRandom.digits(6));
    for (const code of codes) expect(code).toMatch(/^[0-9]{6}$/);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  });

  it('threat: some digits are likelier than others', () => {
    const counts = new Map<string, number>();
    for (const digit of nodeRandom.digits(20_000)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    // Chi-squared with 9 degrees of freedom stays under 50 but for one run in ten million.
    const spread = [...counts.values()].reduce((sum, count) => sum + (count - 2_000) ** 2 / 2_000, 0);
    expect(counts.size).toBe(10);
    expect(spread).toBeLessThan(50);
  });

  it('makes as many bytes as asked for', () => {
    expect(nodeRandom.bytes(20)).toHaveLength(20);
    expect(nodeRandom.bytes(20)).not.toEqual(nodeRandom.bytes(20));
  });
});
