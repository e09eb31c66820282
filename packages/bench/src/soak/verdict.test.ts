import { describe, expect, test } from 'vitest';
import type { Sample } from './verdict.js';
import { growth, isFlat, isQuick, settled } from './verdict.js';

const MIB = 2 ** 20;
const samples = (valueAt: (at: number) => Partial<Sample>): Sample[] =>
  Array.from({ length: 90 }, (_, at) => ({
    at,
    rss: 100 * MIB,
    heap: 50 * MIB,
    files: 20,
    sockets: 30,
    ...valueAt(at),
  }));

describe('memory', () => {
  test('that goes up and down is flat', () => {
    expect(
      isFlat(
        samples((at) => ({ rss: (100 + 15 * Math.sin(at)) * MIB })),
        'rss',
      ).met,
    ).toBe(true);
  });

  test('that grows by a quarter over an hour is a leak, and one that grew at the start is none', () => {
    const leak = isFlat(
      samples((at) => ({ heap: (50 + at / 4) * MIB })),
      'heap',
    );
    expect(leak.met).toBe(false);
    expect(leak.measured).toMatch(/grows by 14\.[78] MiB/);
    expect(
      isFlat(
        samples((at) => ({ heap: (at < 25 ? at : 50) * MIB })),
        'heap',
      ).met,
    ).toBe(true);
  });
});

test('a socket a second is a leak', () => {
  expect(
    isFlat(
      samples((at) => ({ sockets: 30 + at })),
      'sockets',
    ).met,
  ).toBe(false);
  expect(
    isFlat(
      samples((at) => ({ sockets: 30 + (at % 3) })),
      'sockets',
    ).met,
  ).toBe(true);
});

test('one slow answer of a thousand is none of the 99 of 100, and twenty are', () => {
  const times = (slow: number) => Array.from({ length: 1_000 }, (_, index) => (index < slow ? 2_000 : 20));
  expect(isQuick('reads', times(1), 1_500).met).toBe(true);
  expect(isQuick('reads', times(20), 1_500).met).toBe(false);
});

test('growth is that of the best line, and nothing of a single point', () => {
  expect(growth([0, 1, 2, 3].map((at) => ({ at, value: 5 * at + 1 })))).toBeCloseTo(15);
  expect(growth([{ at: 1, value: 7 }])).toBe(0);
  expect(settled([0, 1, 2, 3].map((at) => ({ at })))).toEqual([{ at: 1 }, { at: 2 }, { at: 3 }]);
});
