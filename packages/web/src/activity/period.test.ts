/// <reference types="node" />
import { afterEach, describe, expect, it } from 'vitest';
import { ANY_TIME, faultOf, isDay, spanOf } from './period.js';

const NOW = Date.parse('2026-11-24T10:30:00.000Z');
const zone = process.env['TZ'];

/** The time zone of the viewer's device, from here to the end of the test. */
function viewerIsIn(name: string): void {
  process.env['TZ'] = name;
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(name);
}
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const days = (from: string | null, to: string | null) => spanOf({ period: 'custom', from, to }, NOW);
const hours = ({ since, until }: ReturnType<typeof days>) =>
  (Date.parse(until ?? '') - Date.parse(since ?? '')) / 3_600_000;

describe('a period', () => {
  it('that is any time has no ends', () => {
    expect(spanOf(ANY_TIME, NOW)).toEqual({ since: null, until: null });
  });

  it.each([
    ['24h', '2026-11-23T10:30:00.000Z'],
    ['7d', '2026-11-17T10:30:00.000Z'],
    ['30d', '2026-10-25T10:30:00.000Z'],
  ] as const)('of %s reaches back from now, and is open to what happens next', (period, since) => {
    expect(spanOf({ ...ANY_TIME, period }, NOW)).toEqual({ since, until: null });
  });

  it('is as long over a change of the clocks as without one', () => {
    viewerIsIn('Europe/Berlin');
    expect(spanOf({ ...ANY_TIME, period: '24h' }, Date.parse('2025-03-30T12:00:00Z')).since).toBe(
      '2025-03-29T12:00:00.000Z',
    );
  });

  it('of days does not use the days where it is not custom', () => {
    expect(spanOf({ period: '24h', from: '2026-01-01', to: '2026-01-02' }, NOW).until).toBeNull();
  });
});

describe('days', () => {
  it.each([
    ['UTC', '2026-11-20T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['Asia/Tokyo', '2026-11-19T15:00:00.000Z', '2026-11-22T15:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-20T08:00:00.000Z', '2026-11-23T08:00:00.000Z'],
    ['Australia/Eucla', '2026-11-19T15:15:00.000Z', '2026-11-22T15:15:00.000Z'],
  ])('begin and end where the viewer is, in %s, the last one included', (name, since, until) => {
    viewerIsIn(name);
    expect(days('2026-11-20', '2026-11-22')).toEqual({ since, until });
  });

  it('may be a single one', () => {
    viewerIsIn('UTC');
    expect(hours(days('2026-11-20', '2026-11-20'))).toBe(24);
  });

  it('may be open on either side', () => {
    viewerIsIn('UTC');
    expect(days('2026-11-20', null)).toEqual({ since: '2026-11-20T00:00:00.000Z', until: null });
    expect(days(null, '2026-11-20')).toEqual({ since: null, until: '2026-11-21T00:00:00.000Z' });
    expect(days(null, null)).toEqual({ since: null, until: null });
  });

  it('end with their month and their year', () => {
    viewerIsIn('UTC');
    expect(days(null, '2026-12-31').until).toBe('2027-01-01T00:00:00.000Z');
    expect(days(null, '2028-02-28').until).toBe('2028-02-29T00:00:00.000Z');
  });

  it.each([
    ['Europe/Berlin', '2025-03-30', 23],
    ['Europe/Berlin', '2025-10-26', 25],
    ['America/New_York', '2025-03-09', 23],
    ['America/New_York', '2025-11-02', 25],
    ['Australia/Lord_Howe', '2025-04-06', 24.5],
  ])('on which the clocks change, in %s on %s, have %d hours', (name, day, length) => {
    viewerIsIn(name);
    expect(hours(days(day, day))).toBe(length);
  });

  it('that have no midnight begin an hour later, and those that have two at the first', () => {
    viewerIsIn('Asia/Beirut');
    expect(days('2025-03-30', '2025-03-30')).toEqual({
      since: '2025-03-29T22:00:00.000Z',
      until: '2025-03-30T21:00:00.000Z',
    });
    viewerIsIn('America/Havana');
    expect(days('2025-11-02', '2025-11-02')).toEqual({
      since: '2025-11-02T04:00:00.000Z',
      until: '2025-11-03T05:00:00.000Z',
    });
  });
});

describe('a day in a field or the address', () => {
  it.each(['2026-11-24', '2028-02-29', '1970-01-01', '2999-12-31'])('is taken: %s', (day) => {
    expect(isDay(day)).toBe(true);
  });

  it.each([
    '',
    '2026-11',
    '2026-2-3',
    '2026-02-30',
    '2027-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0202-01-01',
    '10000-01-01',
    '2026-11-24T00:00',
    'yesterday',
  ])('is not taken: "%s"', (day) => {
    expect(isDay(day)).toBe(false);
  });
});

describe('two days', () => {
  it('are well where one comes first, they are the same, or one is left out', () => {
    expect(faultOf('2026-11-01', '2026-11-24')).toBeNull();
    expect(faultOf('2026-11-24', '2026-11-24')).toBeNull();
    expect(faultOf('2026-11-24', '')).toBeNull();
    expect(faultOf('', '2026-11-24')).toBeNull();
  });

  it('are at fault where they are reversed, half typed, or both left out', () => {
    expect(faultOf('2026-11-24', '2026-11-23')).toBe('reversed');
    expect(faultOf('0202-11-24', '2026-11-23')).toBe('from-incomplete');
    expect(faultOf('2026-11-24', '0002-11-25')).toBe('to-incomplete');
    expect(faultOf('', '')).toBe('empty');
  });
});
