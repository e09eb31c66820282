import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, shallowRef } from 'vue';
import { runInApp } from '../testing/run-in-app.js';
import { learnServerTime } from './server-clock.js';
import { useCountdown } from './use-countdown.js';

const now = new Date('2026-01-01T12:00:00.000Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();

beforeEach(() => {
  vi.useFakeTimers({ now });
  learnServerTime(now.toUTCString());
});
afterEach(() => {
  vi.useRealTimers();
});

describe('useCountdown', () => {
  it('counts whole seconds down to the time and ends once', () => {
    const onEnd = vi.fn();
    const { result } = runInApp(() => useCountdown(() => after(2), onEnd));
    expect(result.secondsLeft.value).toBe(2);
    vi.advanceTimersByTime(1_000);
    expect(result.secondsLeft.value).toBe(1);
    expect(onEnd).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(result.running.value).toBe(false);
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('has nothing to end where the time has passed already', () => {
    const onEnd = vi.fn();
    const { result } = runInApp(() => useCountdown(() => after(-5), onEnd));
    vi.advanceTimersByTime(5_000);
    expect(result.secondsLeft.value).toBe(0);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('starts again with a new time', async () => {
    const onEnd = vi.fn();
    const until = shallowRef<string | null>(after(1));
    const { result } = runInApp(() => useCountdown(() => until.value, onEnd));
    vi.advanceTimersByTime(1_500);
    until.value = after(30);
    await nextTick();
    expect(result.secondsLeft.value).toBe(29);
    vi.advanceTimersByTime(30_000);
    expect(onEnd).toHaveBeenCalledTimes(2);
  });

  it('stops with its component', () => {
    const onEnd = vi.fn();
    const { unmount } = runInApp(() => useCountdown(() => after(1), onEnd));
    unmount();
    vi.advanceTimersByTime(5_000);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('goes by the clock of the server where the device is minutes off', () => {
    learnServerTime(new Date(now.getTime() + 5 * 60_000).toUTCString());
    const { result } = runInApp(() => useCountdown(() => after(5 * 60 + 30)));
    expect(result.secondsLeft.value).toBe(30);
  });

  it('does not take the travel of an answer for a wrong clock', () => {
    learnServerTime(new Date(now.getTime() - 1_900).toUTCString());
    const { result } = runInApp(() => useCountdown(() => after(30)));
    expect(result.secondsLeft.value).toBe(30);
  });

  it('leaves the clock alone where an answer has no date', () => {
    learnServerTime(null);
    learnServerTime('not a date');
    const { result } = runInApp(() => useCountdown(() => after(30)));
    expect(result.secondsLeft.value).toBe(30);
  });
});
