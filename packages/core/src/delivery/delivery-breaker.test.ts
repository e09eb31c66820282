import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../ports.js';
import type { BreakerState } from './delivery-breaker.js';
import { afterSent, openUntil } from './delivery-breaker.js';

const start = 1_800_000_000_000;

function send(times: number, from: BreakerState | null, now = start): BreakerState {
  let state = from;
  for (let i = 0; i < times; i++) state = afterSent(state, now);
  if (!state) throw new Error('nothing was sent');
  return state;
}

describe('threat: texts that nobody reads, sent to be paid for', () => {
  it('trips at the hundredth message of an hour where fewer than ten codes came back', () => {
    expect(openUntil(send(99, null), start)).toBeNull();
    expect(openUntil(send(100, null), start)).toBe(start + HOUR);
    expect(openUntil(send(100, { since: start, sent: 0, verified: 9, openUntil: null }), start)).toBe(
      start + HOUR,
    );
    expect(openUntil(send(100, { since: start, sent: 0, verified: 10, openUntil: null }), start)).toBeNull();
  });

  it('closes after an hour and counts anew', () => {
    const tripped = send(100, null);
    expect(openUntil(tripped, start + HOUR - 1)).toBe(start + HOUR);
    expect(openUntil(tripped, start + HOUR)).toBeNull();
    expect(openUntil(send(99, tripped, start + HOUR), start + HOUR)).toBeNull();
  });

  it('says nothing of messages that are spread over hours', () => {
    let state: BreakerState | null = null;
    for (let i = 0; i < 300; i++) state = afterSent(state, start + i * MINUTE);
    expect(openUntil(state, start + 300 * MINUTE)).toBeNull();
  });
});
