/** A day and a time of day as their fields write them, where the viewer is: `2026-12-03`, `23:59`. */
export interface LocalMoment {
  readonly day: string;
  readonly time: string;
}

/** The end of a day, for a deadline that names no time. */
export const END_OF_DAY = '23:59';

const two = (part: number): string => String(part).padStart(2, '0');

const dayOf = (date: Date): string =>
  `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** An instant, as it is called where the viewer is. */
export function toLocal(instant: string): LocalMoment {
  const date = new Date(instant);
  return { day: dayOf(date), time: `${two(date.getHours())}:${two(date.getMinutes())}` };
}

/** The instant of a day and time where the viewer is; null where they are not whole. */
export function toInstant({ day, time }: LocalMoment): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !/^\d\d:\d\d$/.test(time)) return null;
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const moment = new Date(year, month - 1, date, hour, minute);
  // The 31st of a month of 30 days would silently be the 1st of the next.
  return dayOf(moment) === day ? moment.toISOString() : null;
}

/** The day so many days from `now`, where the viewer is. */
export function dayAfter(now: number, days: number): string {
  const date = new Date(now);
  return dayOf(new Date(date.getFullYear(), date.getMonth(), date.getDate() + days));
}

/** What the viewer's zone is called: `Europe/Berlin`. */
export function zoneName(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
