import type { Instant } from '../ports.js';
import { DAY, HOUR, MINUTE } from '../ports.js';
import type { Policy } from './policy.js';

/** What differs, for the audit log: `required: no → from 2026-12-03 22:59 UTC; methods: all → TOTP`. */
export function policyChanges(before: Policy, after: Policy): string {
  const was = wordsOf(before);
  const is = wordsOf(after);
  const changed = (Object.keys(is) as (keyof typeof is)[]).filter((part) => was[part] !== is[part]);
  if (changed.length === 0) return 'nothing changed';
  return changed.map((part) => `${part}: ${was[part]} → ${is[part]}`).join('; ');
}

function wordsOf({ twoFactorRequired, requiredFrom, allowedMethods, trustedBrowsersAllowed }: Policy) {
  return {
    required: !twoFactorRequired ? 'no' : requiredFrom === null ? 'at once' : `from ${utc(requiredFrom)}`,
    methods: allowedMethods === null ? 'all' : allowedMethods.join(', '),
    'trusted browsers': trustedBrowsersAllowed ? 'yes' : 'no',
  };
}

const MONTHS = 12;
/** Of 400 years, after which the calendar is the same again. */
const DAYS_OF_ERA = 146_097;

/** `2026-12-03 22:59 UTC`. This package has no Date: the date is counted, in years that begin in March, so that the odd day of a leap
 *  year is the last one. */
export function utc(at: Instant): string {
  const days = Math.floor(at / DAY) + 719_468;
  const era = Math.floor(days / DAYS_OF_ERA);
  const dayOfEra = days - era * DAYS_OF_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = ((monthFromMarch + 2) % MONTHS) + 1;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const minutes = Math.floor((at - Math.floor(at / DAY) * DAY) / MINUTE);
  const hour = Math.floor((minutes * MINUTE) / HOUR);
  return `${String(year)}-${two(month)}-${two(day)} ${two(hour)}:${two(minutes % 60)} UTC`;
}

const two = (part: number) => String(part).padStart(2, '0');
