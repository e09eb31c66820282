import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../ports.js';
import type { WindowLog } from './window-limit.js';
import { fullUntil, withEvent } from './window-limit.js';

const start = 1_800_000_000_000;

describe('a budget of events in a sliding window', () => {
  it('is full after its last event and says when the next one fits', () => {
    const limit = { most: 2, within: 10 * MINUTE, grain: 1 };
    let log: WindowLog = [];
    for (const at of [start, start + MINUTE]) {
      expect(fullUntil(limit, log, at)).toBeNull();
      log = withEvent(limit, log, at);
    }
    expect(fullUntil(limit, log, start + 2 * MINUTE)).toBe(start + 10 * MINUTE);
    expect(fullUntil(limit, log, start + 10 * MINUTE)).toBeNull();
  });

  it('never lets more through in any window, and never refuses where one fits (grain 1)', () => {
    const limit = { most: 4, within: 1_000, grain: 1 };
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 60 }), (gaps) => {
        let now = start;
        let log: WindowLog = [];
        const passed: number[] = [];
        for (const gap of gaps) {
          now += gap;
          const inWindow = passed.filter((at) => at + limit.within > now).length;
          const until = fullUntil(limit, log, now);
          expect(until === null).toBe(inWindow < limit.most);
          if (until !== null) continue;
          log = withEvent(limit, log, now);
          passed.push(now);
        }
        expect(log.length).toBeLessThanOrEqual(limit.most);
      }),
    );
  });

  it('keeps a coarse log short and errs to the safe side', () => {
    const limit = { most: 500, within: 24 * HOUR, grain: HOUR };
    let log: WindowLog = [];
    for (let i = 0; i < 500; i++) log = withEvent(limit, log, start + i * MINUTE);
    expect(log.length).toBeLessThanOrEqual(25);
    const until = fullUntil(limit, log, start + 500 * MINUTE);
    expect(until).toBeGreaterThanOrEqual(start + 24 * HOUR);
    expect(until).toBeLessThan(start + 25 * HOUR);
  });
});
