import type { LimitStore } from '../limits/limit-store.js';
import type { Digest, Instant, Notifier, OriginOf } from '../ports.js';
import { DAY } from '../ports.js';
import type { Challenge } from '../sign-in/challenge.js';
import type { User } from '../users/user.js';

export interface NewBrowserDeps {
  readonly digest: Digest;
  readonly origin: OriginOf;
  readonly limits: LimitStore;
}

/** A program keeps no cookies: it is told apart by what it calls itself, and its owner hears of it once in this time. */
const PROGRAM_TOLD_FOR = 30 * DAY;

/**
 * Whether the owner hears of this sign-in: the browser is none that the account knows, and it is not the first sign-in of all. To be
 * called in the transaction of the sign-in.
 */
export async function isNews(
  { digest, origin, limits }: NewBrowserDeps,
  { id, lastSignInAt }: User,
  { transport, browserId }: Pick<Challenge, 'transport' | 'browserId'>,
  now: Instant,
): Promise<boolean> {
  if (lastSignInAt === null || browserId !== null) return false;
  if (transport === 'COOKIE') return true;
  const key = `new-program:${id}:${digest.keyed(origin().device ?? '', 'limit:device')}`;
  const wasTold = (state: unknown) => typeof state === 'number' && state + PROGRAM_TOLD_FOR > now;
  // Without a lock first: nearly every time the program is known.
  if (wasTold(await limits.peek(key))) return false;
  const [state] = await limits.lock([key]);
  if (wasTold(state)) return false;
  await limits.save(key, now, now + PROGRAM_TOLD_FOR);
  return true;
}

/** To be called when the sign-in is committed. */
export function tellOfNewBrowser(
  { notifier, origin }: { readonly notifier: Notifier; readonly origin: OriginOf },
  { isNew, user }: { readonly isNew: boolean; readonly user: User },
): void {
  if (isNew) notifier.tell(user, 'NEW_BROWSER', { origin: origin(), devicesOf: user.id });
}
