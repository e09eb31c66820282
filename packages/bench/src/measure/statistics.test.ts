import { describe, expect, test } from 'vitest';
import { median, percentile, rotated, spread } from './statistics.js';

describe('the figure of several rounds', () => {
  test('is the middle one, whatever the order, and not drawn off by one that is far out', () => {
    expect(median([900, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
  });

  test('leaves the rounds as they are', () => {
    const rounds = [3, 1, 2];
    median(rounds);
    expect(rounds).toEqual([3, 1, 2]);
  });

  test('of 1 to 101 has its 99th percentile at 100', () => {
    const values = Array.from({ length: 101 }, (_, index) => index + 1);
    expect(percentile(values, 99)).toBe(100);
    expect(percentile(values, 50)).toBe(51);
    expect(percentile([10, 20], 25)).toBe(12.5);
  });

  test('cannot be made of no round', () => {
    expect(() => median([])).toThrow();
  });

  test('comes with how far the rounds lie apart', () => {
    expect(spread([90, 100, 120])).toBeCloseTo(0.3);
    expect(spread([5])).toBe(0);
  });
});

test('every contestant is once the first to have its turn', () => {
  const rounds = [0, 1, 2].map((round) => rotated(['a', 'b', 'c'], round).join(''));
  expect(rounds).toEqual(['abc', 'bca', 'cab']);
});
