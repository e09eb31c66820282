import type { AddressLimit, Clock } from '../ports.js';
import { MINUTE } from '../ports.js';

/** 300 failures in 5 minutes, as the real one, or fewer. */
export function fakeAddressLimit(clock: Clock, failuresAllowed = 300): AddressLimit {
  const attempts = new Map<string, number[]>();
  const recent = (address: string) =>
    (attempts.get(address) ?? []).filter((at) => at > clock.now() - 5 * MINUTE);
  return {
    take(address) {
      const counted = recent(address);
      const oldest = counted[0];
      if (oldest !== undefined && counted.length >= failuresAllowed) {
        return Promise.resolve(oldest + 5 * MINUTE);
      }
      attempts.set(address, [...counted, clock.now()]);
      return Promise.resolve(null);
    },
    giveBack(address) {
      attempts.set(address, recent(address).slice(0, -1));
      return Promise.resolve();
    },
  };
}
