import { Redis } from 'ioredis';

/**
 * Asks Redis for a sign of life, within so many milliseconds.
 *
 * @throws Error with a code alone: a driver's message may hold an address or a user's name
 */
export async function tryRedis(url: string, within: number): Promise<null> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: within,
    commandTimeout: within,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason = 'no answer';
  redis.on('error', (error: Error & { code?: string }) => (reason = error.code ?? firstWord(error.message)));
  try {
    await redis.connect();
    await redis.ping();
    return null;
  } catch (error) {
    if (reason === 'no answer' && error instanceof Error) reason = firstWord(error.message);
    throw new Error(`it does not answer as it should (${reason})`);
  } finally {
    redis.disconnect();
  }
}

/** Redis begins its errors with a code: WRONGPASS, NOAUTH. */
function firstWord(message: string): string {
  return /^[A-Z]{3,20}\b/.exec(message)?.[0] ?? 'no answer';
}
