import type { AddressLimit, Clock } from '../ports.js';
import { MINUTE } from '../ports.js';

/** 300 failures in 5 minutes, as the real one, or fewer. */
export function fakeAddressLimit(clock: Clock, failuresAllowed = 300): AddressLimit {
  const failures = new Map<string, number[]>();
  const recent = (address: string) =>
    (failures.get(address) ?? []).filter((at) => at > clock.now() - 5 * MINUTE);
  return {
    blockedUntil(address) {
      const counted = recent(address);
      const oldest = counted[0];
      const blocked = oldest !== undefined && counted.length >= failuresAllowed;
      return Promise.resolve(blocked ? oldest + 5 * MINUTE : null);
    },
    countFailure(address) {
      failures.set(address, [...recent(address), clock.now()]);
      return Promise.resolve();
    },
  };
}
