import { expect, it } from 'vitest';
import { systemClock } from './system-clock.js';

it('tells milliseconds since the Unix epoch', () => {
  const before = performance.timeOrigin + performance.now();
  expect(Math.abs(systemClock.now() - before)).toBeLessThan(1_000);
  expect(Number.isInteger(systemClock.now())).toBe(true);
});
