import { Interrupted } from './shell.js';

/**
 * Lets the work end tidily when somebody ends the process. Where nothing listens, the process dies at once, which is right for
 * whatever is one transaction. A second signal ends it in any case.
 */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => controller.abort(new Interrupted(name as 'SIGINT' | 'SIGTERM'));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
}
