import { describe, expect, it } from 'vitest';
import { dayAfter, END_OF_DAY, toInstant, toLocal } from './deadline.js';

describe('a deadline', () => {
  it('is a day and a time where the viewer is', () => {
    const moment = new Date(2026, 11, 3, 23, 59);
    expect(toLocal(moment.toISOString())).toEqual({ day: '2026-12-03', time: END_OF_DAY });
    expect(toInstant({ day: '2026-12-03', time: END_OF_DAY })).toBe(moment.toISOString());
  });

  it('is none while it is half typed, or on a day that there is not', () => {
    expect(toInstant({ day: '', time: END_OF_DAY })).toBeNull();
    expect(toInstant({ day: '2026-12-03', time: '' })).toBeNull();
    expect(toInstant({ day: '2026-11-31', time: END_OF_DAY })).toBeNull();
  });

  it('may be so many days from now', () => {
    expect(dayAfter(new Date(2026, 11, 30, 12).getTime(), 3)).toBe('2027-01-02');
  });
});
