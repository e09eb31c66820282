import { expect, test } from 'vitest';
import { tablesOf } from './table.js';
import type { Visit } from './visit.js';
import { readWords } from './words.js';

const visit = (firstPaint: number, script: number): Visit => ({
  firstPaint,
  largestPaint: 2 * firstPaint,
  blocking: 30,
  shift: 0.0121,
  transferred: { script, style: 6_000, document: 1_000, data: 500, other: 0 },
  requests: 9,
});

test('each figure is the median of its own visits', () => {
  const [seen, sent] = tablesOf(
    new Map([['Sign-in', [visit(900, 99_000), visit(700, 120_000), visit(2_000, 90_000)]]]),
  );
  expect(seen?.rows).toEqual([['Sign-in', '900', '1,800', '30', '0.012', '144 %']]);
  expect(sent?.rows).toEqual([['Sign-in', '99.0', '6.0', '1.0', '0.5', '0.0', '106.5', '9']]);
});

test('a full run has five visits or more, and only a quick one has fewer', () => {
  expect(readWords(['--browser'])).toEqual({ runs: 5, quick: false });
  expect(readWords(['--browser', '--runs', '9'])).toEqual({ runs: 9, quick: false });
  expect(readWords(['--browser', '--quick'])).toEqual({ runs: 1, quick: true });
  for (const words of [['--runs', '4'], ['--runs'], ['--runs', 'x'], ['--rounds', '9']])
    expect(() => readWords(['--browser', ...words])).toThrow('Usage');
});
