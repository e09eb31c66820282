import { expect, test } from 'vitest';
import type { TraceEvent } from './trace.js';
import { timingsOf } from './trace.js';

const url = 'http://127.0.0.1:1/sign-in';
const at = (ms: number, name: string, rest: Partial<TraceEvent> = {}): TraceEvent => ({
  name,
  ph: 'X',
  ts: 1_000_000 + ms * 1_000,
  pid: 1,
  tid: 1,
  args: { frame: 'main' },
  ...rest,
});
const task = (ms: number, long: number, rest: Partial<TraceEvent> = {}) =>
  at(ms, 'RunTask', { dur: long * 1_000, ...rest });
const shift = (ms: number, score: number, had_recent_input = false) =>
  at(ms, 'LayoutShift', { args: { frame: 'main', data: { score, had_recent_input } } });
const begun = at(0, 'navigationStart', {
  args: { frame: 'main', data: { isOutermostMainFrame: true, documentLoaderURL: url } },
});
const painted = [
  at(800, 'firstContentfulPaint'),
  task(850, 10),
  at(900, 'largestContentfulPaint::Candidate'),
];

test('paints count from the beginning of the navigation, and the last of the largest ones holds', () => {
  const later = at(1_700, 'largestContentfulPaint::Candidate');
  expect(timingsOf([begun, ...painted, later], url)).toEqual({
    firstPaint: 800,
    largestPaint: 1_700,
    blocking: 0,
    shift: 0,
  });
});

test('a task blocks by what lies beyond 50 ms and behind the first paint, on the page’s own thread', () => {
  const tasks = [
    task(100, 400),
    task(700, 200),
    task(1_000, 50),
    task(1_100, 130),
    task(1_300, 900, { tid: 2 }),
    task(1_300, 900, { pid: 2 }),
  ];
  expect(timingsOf([begun, ...painted, ...tasks], url).blocking).toBe(50 + 80);
});

test('shifts count by the worst session of them, and not those that a person’s input causes', () => {
  const shifts = [shift(900, 0.1), shift(1_000, 0.05), shift(1_100, 0.5, true), shift(3_000, 0.12)];
  expect(timingsOf([begun, ...painted, ...shifts], url).shift).toBeCloseTo(0.15);
});

test('a trace of another page, or of an empty one, gives no figures', () => {
  expect(() => timingsOf([begun, ...painted], `${url}/verify`)).toThrow('no navigation');
  expect(() => timingsOf([begun, task(100, 10)], url)).toThrow('Nothing was painted');
  expect(() => timingsOf([begun, ...painted.filter(({ name }) => name !== 'RunTask')], url)).toThrow(
    'no tasks',
  );
});
