/**
 * Does `work` every `interval` ms, never twice at once, and not at all once it is stopped. Where it fails it is done again in its
 * turn. The answer stops it, by the signal also what is under way, and resolves when that has ended.
 */
export function nowAndThen(
  interval: number,
  work: (signal: AbortSignal) => Promise<unknown>,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let underWay: Promise<unknown> | null = null;
  const stopping = new AbortController();
  const timer = setInterval(() => {
    underWay ??= work(stopping.signal)
      .catch(onFailure)
      .finally(() => (underWay = null));
  }, interval);
  timer.unref();
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await underWay;
  };
}
