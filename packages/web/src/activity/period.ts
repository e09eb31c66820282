const HOUR = 3_600_000;

/** How long each of the fixed periods is, in hours of 60 minutes: a day on which the clocks change does not alter them. */
const lengths = { '24h': 24, '7d': 7 * 24, '30d': 30 * 24 } as const;

export type FixedPeriod = keyof typeof lengths;
export type Period = FixedPeriod | 'custom';

export const periods = [...(Object.keys(lengths) as FixedPeriod[]), 'custom'] as const;

export interface PeriodChoice {
  /** Null does not narrow. */
  readonly period: Period | null;
  /** First and last day of a custom period, `2026-11-24`, both within it; null leaves that side open. */
  readonly from: string | null;
  readonly to: string | null;
}

export const ANY_TIME: PeriodChoice = { period: null, from: null, to: null };

/** From `since` on, and before `until`, as the API reads them. */
export interface Span {
  readonly since: string | null;
  readonly until: string | null;
}

/** Whether the text is a day of the calendar, as a date field and the address write it. */
export function isDay(text: string): boolean {
  const match = /^((?:19[7-9]|2\d\d)\d)-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Which moments a choice means to this viewer, at `now` in milliseconds since 1970. */
export function spanOf({ period, from, to }: PeriodChoice, now: number): Span {
  if (period === null) return { since: null, until: null };
  if (period !== 'custom') return { since: iso(now - lengths[period] * HOUR), until: null };
  return { since: from && startOf(from), until: to && startOf(to, 1) };
}

/**
 * When a day begins where the viewer is, or the one so many days later. `Date` knows the zone's rules: days of 23 and 25 hours,
 * and those that begin at one o'clock because the clocks went forward at midnight.
 */
function startOf(day: string, later = 0): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return iso(new Date(year, month - 1, date + later).getTime());
}

const iso = (moment: number): string => new Date(moment).toISOString();

export type RangeFault = 'from-incomplete' | 'to-incomplete' | 'empty' | 'reversed';

/** What is wrong with the two days as they stand in their fields; null where nothing is. */
export function faultOf(from: string, to: string): RangeFault | null {
  if (from && !isDay(from)) return 'from-incomplete';
  if (to && !isDay(to)) return 'to-incomplete';
  if (!from && !to) return 'empty';
  return from && to && from > to ? 'reversed' : null;
}
