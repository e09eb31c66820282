/** So many wait that another one would only add to it. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
  /** @param retryAfter seconds until what waits now is likely to be done; at least 1 */
  constructor(readonly retryAfter: number) {
    super('Too many passwords are waiting to be hashed.');
  }
}

export interface BoundedQueue {
  /** Does what will come to wait here, and keeps a place for it from its begin to its end. Rejects with TooBusy where as many
   *  as may run and wait are under way. */
  withPlace<T>(work: () => Promise<T>): Promise<T>;
  /** Does the work in its turn, first come, first served. Rejects with TooBusy where no more may wait. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** How many wait for their turn. */
  waiting(): number;
}

/** So much of each newest time goes into how long a piece of work is taken to last. */
const WEIGHT = 0.2;

/**
 * Without it a burst of sign-ins would take all memory and starve every other request.
 *
 * @param atOnce how many run at the same time
 * @param longest how many may wait behind them
 * @param now milliseconds, of a clock that is never set back
 */
export function createBoundedQueue(
  atOnce: number,
  longest: number,
  now = () => performance.now(),
): BoundedQueue {
  const queue: (() => void)[] = [];
  let running = 0;
  let places = 0;
  /** Milliseconds. */
  let usual = 0;

  async function timed<T>(work: () => Promise<T>): Promise<T> {
    const begin = now();
    try {
      return await work();
    } finally {
      const took = now() - begin;
      usual = usual === 0 ? took : usual + WEIGHT * (took - usual);
    }
  }

  function tooBusy(): TooBusy {
    const before = Math.max(queue.length, places - atOnce);
    return new TooBusy(Math.max(1, Math.ceil(((before / atOnce) * usual) / 1_000)));
  }

  async function withPlace<T>(work: () => Promise<T>): Promise<T> {
    if (places >= atOnce + longest) throw tooBusy();
    places += 1;
    try {
      return await work();
    } finally {
      places -= 1;
    }
  }

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      if (queue.length >= longest) throw tooBusy();
      // Whoever ends hands its place on, so `running` stays as it is.
      await new Promise<void>((start) => queue.push(start));
    } else {
      running += 1;
    }
    try {
      return await timed(work);
    } finally {
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return { withPlace, inTurn, waiting: () => queue.length };
}
