import { describe, expect, it } from 'vitest';
import { timeAgo } from './time-ago.js';

const now = Date.UTC(2026, 10, 24, 12);
const ago = (ms: number, locale = 'en') => timeAgo(locale, new Date(now - ms).toISOString(), now);
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

describe('how long ago', () => {
  it('in the largest unit that has passed, and not rounded up', () => {
    expect(ago(MINUTE)).toBe('1 minute ago');
    expect(ago(59 * MINUTE + 59_999)).toBe('59 minutes ago');
    expect(ago(HOUR)).toBe('1 hour ago');
    expect(ago(23 * HOUR)).toBe('23 hours ago');
    expect(ago(DAY)).toBe('yesterday');
    expect(ago(30 * DAY)).toBe('30 days ago');
  });

  it('less than a minute, or a clock that is behind, is now', () => {
    expect(ago(59_999)).toBeNull();
    expect(ago(-5 * MINUTE)).toBeNull();
  });

  it('in the language of the reader', () => {
    expect(ago(3 * DAY, 'de')).toBe('vor 3 Tagen');
  });
});
