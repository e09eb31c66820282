const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "3 days ago" in the reader's language; null for less than a minute, which is now. */
export function timeAgo(locale: string, moment: string, now: number): string | null {
  const passed = now - Date.parse(moment);
  const found = units.find(([, length]) => passed >= length);
  if (!found) return null;
  const [unit, length] = found;
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.floor(passed / length), unit);
}
