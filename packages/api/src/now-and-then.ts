/**
 * Does `work` every `interval` ms, never twice at once, and not at all once it is stopped. Where it fails it is done again in its
 * turn. The answer stops it and resolves when what is under way has ended.
 */
export function nowAndThen(
  interval: number,
  work: () => Promise<unknown>,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let underWay: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    underWay ??= work()
      .catch(onFailure)
      .finally(() => (underWay = null));
  }, interval);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}
