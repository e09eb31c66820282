export interface Background {
  /** Begins at once, and the caller goes on: neither the time that it takes nor a failure shows in an answer. */
  start(work: () => Promise<unknown>): void;
  /** When all that was begun has ended or failed: to be awaited before the process ends. */
  settled(): Promise<void>;
}

/** @param onFailure is told of each failure; the error may name an address, never a secret */
export function inBackground(onFailure: (error: unknown) => void): Background {
  const underWay = new Set<Promise<void>>();
  return {
    start(work) {
      const done = Promise.resolve()
        .then(work)
        .then(() => undefined, onFailure)
        .finally(() => underWay.delete(done));
      underWay.add(done);
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
