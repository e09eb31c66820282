import type { ApolloServerPlugin } from '@apollo/server';
import { TooBusy } from '../../adapters/passwords/bounded-queue.js';
import { original } from './mask-error.js';

/** Calls `tell` where one of the errors is that too much waits, with the seconds after which it is worth a try
 *  (RFC 9110, 10.2.3). */
export function tellWhenToReturn(
  errors: readonly unknown[] | undefined,
  tell: (seconds: string) => unknown,
): void {
  const busy = errors?.map(original).find((error) => error instanceof TooBusy);
  if (busy) tell(String(busy.retryAfter));
}

/** The same for what Apollo answers. */
export const retryAfterHeader: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didEncounterErrors({ errors, response }) {
        tellWhenToReturn(errors, (seconds) => response.http?.headers.set('retry-after', seconds));
        return Promise.resolve();
      },
    }),
};
