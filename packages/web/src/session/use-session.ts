import type { ApolloClient } from '@apollo/client/core';
import { SignOutDocument, ViewerDocument, type ViewerQuery } from '@twofold/contract/graphql';
import { computed, inject, shallowReadonly, shallowRef, type InjectionKey, type Ref } from 'vue';

export type Viewer = NonNullable<ViewerQuery['viewer']>;
export type Session = NonNullable<ViewerQuery['session']>;

export interface SessionState {
  readonly viewer: Readonly<Ref<Viewer | null>>;
  readonly session: Readonly<Ref<Session | null>>;
  /** The organisation demands two-factor and the viewer has none: all else is refused. */
  readonly setupOnly: Readonly<Ref<boolean>>;
  /** Asks the API who is signed in, once; rejects where it cannot be reached, and asks again at the next call. */
  readonly ready: () => Promise<void>;
  /** Asks again. */
  readonly refresh: () => Promise<void>;
  /** Forgets everything of an earlier user and takes over the session that was just opened. */
  readonly begin: () => Promise<void>;
  /** Notes that the password was just confirmed, until the given time. */
  readonly passwordConfirmed: (until: string) => void;
  readonly signOut: () => Promise<void>;
  /** The user chose to sign out: nobody needs to be told why the session is over. */
  readonly leaving: Readonly<Ref<boolean>>;
  /** Forgets the user on this side. */
  readonly forget: () => Promise<void>;
}

export const sessionKey: InjectionKey<SessionState> = Symbol('session');

export function useSession(): SessionState {
  const session = inject(sessionKey);
  if (!session) throw new Error('No session was provided.');
  return session;
}

/** The viewer for a page that only a signed-in user reaches. */
export function useViewer(): Readonly<Ref<Viewer>> {
  const { viewer } = useSession();
  let last = viewer.value;
  return computed(() => {
    // While the page of a session that has just ended goes away, it still renders once.
    last = viewer.value ?? last;
    if (!last) throw new Error('Nobody is signed in.');
    return last;
  });
}

/** One a client. The viewer follows Apollo's cache: what a mutation answers about the viewer shows everywhere. */
export function createSession(client: ApolloClient): SessionState {
  const viewer = shallowRef<Viewer | null>(null);
  const session = shallowRef<Session | null>(null);
  const leaving = shallowRef(false);
  let asked: Promise<void> | null = null;

  function take(answer: ViewerQuery): void {
    if (answer.viewer) leaving.value = false;
    viewer.value = answer.viewer;
    session.value = answer.session;
  }

  let unfollow = (): void => {};
  function follow(): void {
    unfollow();
    const watched = client.watchQuery({ query: ViewerDocument, fetchPolicy: 'cache-only' });
    const subscription = watched.subscribe((result) => {
      if (result.dataState === 'complete') take(result.data);
    });
    unfollow = () => subscription.unsubscribe();
  }
  follow();

  /** Clearing the store ends what watches it (Apollo Client 4, `InMemoryCache.reset`): it is followed anew. */
  async function clear(): Promise<void> {
    await client.clearStore();
    follow();
  }

  async function refresh(): Promise<void> {
    const { data } = await client.query({ query: ViewerDocument, fetchPolicy: 'network-only' });
    if (data) take(data);
  }

  async function ready(): Promise<void> {
    asked ??= refresh();
    try {
      await asked;
    } catch (error) {
      asked = null;
      throw error;
    }
  }

  async function forget(): Promise<void> {
    take({ viewer: null, session: null });
    await clear();
  }

  return {
    viewer: shallowReadonly(viewer),
    session: shallowReadonly(session),
    setupOnly: computed(() => session.value?.scope === 'TWO_FACTOR_SETUP_ONLY'),
    ready,
    refresh,
    begin: async () => {
      await clear();
      asked = null;
      // Where this fails, the guard of the page that follows asks again and shows why.
      await ready().catch(() => {});
    },
    passwordConfirmed: (until) => {
      const known = session.value;
      if (!known) return;
      session.value = { ...known, passwordConfirmedUntil: until };
      client.cache.modify({
        id: client.cache.identify({ __typename: 'Session', id: known.id })!,
        fields: { passwordConfirmedUntil: () => until },
      });
    },
    leaving: shallowReadonly(leaving),
    signOut: async () => {
      await client.mutate({ mutation: SignOutDocument });
      leaving.value = true;
      await forget();
    },
    forget,
  };
}
