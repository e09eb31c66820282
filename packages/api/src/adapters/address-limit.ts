import { isIPv4, isIPv6 } from 'node:net';
import type { AddressLimit, Clock } from '@twofold/core/ports';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible';

export interface AddressLimitOptions {
  readonly clock: Clock;
  /** What is counted; failed passwords where it is left out. */
  readonly counting?: CountedByAddress;
  /** Null counts in this process alone. */
  readonly redisUrl: string | null;
  /** Told when Redis is lost, once until it is back. Counting goes on in memory meanwhile. */
  readonly onRedisError: (error: Error) => void;
}

export interface ClosableAddressLimit extends AddressLimit {
  close(): void;
}

/** How many in how long, and what the counter is called in Redis. */
export interface CountedByAddress {
  readonly name: string;
  readonly most: number;
  readonly seconds: number;
}

const failedPasswords: CountedByAddress = { name: 'failed-passwords', most: 300, seconds: 300 };
/** Requests for a link to a new password. */
export const passwordResets: CountedByAddress = { name: 'password-resets', most: 60, seconds: 3_600 };

/** Counts by client address, an IPv6 one by its /64. */
export async function createAddressLimit(options: AddressLimitOptions): Promise<ClosableAddressLimit> {
  const { clock, redisUrl, counting = failedPasswords } = options;
  const redis = redisUrl === null ? null : await connect(redisUrl, options.onRedisError);
  const limiter = redis === null ? memory(counting) : sharedBy(redis, counting);
  return {
    async take(address) {
      const count = await limiter.penalty(countedAs(address));
      if (count.consumedPoints <= counting.most) return null;
      await giveBack(limiter, address);
      return clock.now() + count.msBeforeNext;
    },
    giveBack: (address) => giveBack(limiter, address),
    close: () => redis?.disconnect(),
  };
}

/** Never below none: where the time ran out, or Redis was lost, since it was taken, nothing is owed. */
async function giveBack(limiter: RateLimiterAbstract, address: string): Promise<void> {
  const count = await limiter.reward(countedAs(address));
  if (count.consumedPoints < 0) await limiter.penalty(countedAs(address));
}

const limitsOf = ({ name, most, seconds }: CountedByAddress) => ({
  points: most,
  duration: seconds,
  keyPrefix: `twofold:${name}`,
});

const memory = (counting: CountedByAddress): RateLimiterAbstract => new RateLimiterMemory(limitsOf(counting));

/** A lost Redis neither stops sign-ins nor lifts the limit: each process goes on by itself. */
function sharedBy(redis: Redis, counting: CountedByAddress): RateLimiterAbstract {
  return new RateLimiterRedis({
    ...limitsOf(counting),
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: memory(counting),
  });
}

/** The driver is loaded where there is a Redis. */
async function connect(url: string, onError: (error: Error) => void): Promise<Redis> {
  const driver = await import('ioredis');
  const redis = new driver.Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 2_000,
    commandTimeout: 500,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
  });
  let told = false;
  redis.on('ready', () => (told = false));
  redis.on('error', (error: Error) => {
    if (!told) onError(error);
    told = true;
  });
  return redis;
}

/** What an address counts as. An IPv6 customer holds a /64 (RFC 6177), and could send from 2^64 addresses. */
export function countedAs(address: string): string {
  const [bare = ''] = address.split('%');
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return 'unknown';
  const groups = groupsOf(bare);
  // RFC 4291, 2.5.5.2: an IPv4 address in IPv6 form.
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups. The URL parser writes an address in its one short form (RFC 5952), with an IPv4 tail in hex. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const numbers = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const before = numbers(head);
  const after = numbers(tail ?? '');
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
