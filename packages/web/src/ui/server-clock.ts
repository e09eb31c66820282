/** Server time minus this device's, in milliseconds. */
let offset = 0;

/** A `Date` header counts whole seconds and travelled a while: less than this says nothing about the device's clock. */
const NOISE = 2_500;

/** Learns from the `Date` header of an answer; ignores a missing or unreadable one. */
export function learnServerTime(dateHeader: string | null, localNow: number = Date.now()): void {
  const serverNow = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  if (Number.isNaN(serverNow)) return;
  const difference = serverNow - localNow;
  offset = Math.abs(difference) < NOISE ? 0 : difference;
}

/** The server's time in milliseconds since 1970. `expiresAt`, `resendAt` and `retryAt` are in it. */
export function serverNow(): number {
  return Date.now() + offset;
}
