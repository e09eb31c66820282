import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client/core';
import { ErrorLink } from '@apollo/client/link/error';
import { inject, type InjectionKey } from 'vue';
import { sortFailure } from './failure.js';
import { possibleTypes } from './possible-types.js';
import { learnServerTime } from '../ui/server-clock.js';

export const clientKey: InjectionKey<ApolloClient> = Symbol('Apollo client');

/** The client that the app was given; throws outside of it. */
export function useClient(): ApolloClient {
  const client = inject(clientKey);
  if (!client) throw new Error('No Apollo client was provided.');
  return client;
}

export interface ClientOptions {
  readonly uri: string;
  /** Called when the API answers UNAUTHENTICATED. */
  readonly onSessionOver: () => void;
  /** Called when the API answers FORBIDDEN: the session may be good for less than it was. */
  readonly onForbidden?: () => void;
  readonly fetcher?: typeof fetch;
}

/**
 * The client of the SPA. The session is an HttpOnly cookie, so a request carries it only with `include`; the two headers
 * make every request one that another origin's page cannot send without a preflight.
 */
export function createClient({
  uri,
  onSessionOver,
  onForbidden,
  fetcher = fetch,
}: ClientOptions): ApolloClient {
  const http = new HttpLink({
    uri,
    credentials: 'include',
    headers: { 'content-type': 'application/json', 'apollo-require-preflight': '1' },
    fetch: async (input, init) => {
      const response = await fetcher(input, init);
      learnServerTime(response.headers.get('date'));
      return response;
    },
  });
  const watchdog = new ErrorLink(({ error }) => {
    const { kind } = sortFailure(error);
    if (kind === 'session-over') onSessionOver();
    if (kind === 'forbidden') onForbidden?.();
  });
  return new ApolloClient({
    link: ApolloLink.from([watchdog, http]),
    cache: new InMemoryCache({ possibleTypes }),
  });
}
