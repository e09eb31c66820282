import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Begins a piece of work so many times a second, however long the ones before it take: who waits makes nobody else wait,
 * as with people. Rejects with the first one that fails, once it is time.
 *
 * @param take told the time of each from when it was due, in ms
 */
export async function pace(
  perSecond: number,
  seconds: number,
  work: (index: number) => Promise<unknown>,
  take: (milliseconds: number) => void = () => undefined,
): Promise<void> {
  const begin = performance.now();
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;
  for (let index = 0; index < perSecond * seconds && failure === null; index++) {
    const due = begin + (index * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    const one = work(index)
      .then(
        () => take(performance.now() - due),
        (error: unknown) => {
          failure ??= { error };
        },
      )
      .finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  const failed = failure as { readonly error: unknown } | null;
  if (failed !== null) throw failed.error;
}
