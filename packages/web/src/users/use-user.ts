import { UserDocument, type UserQuery } from '@twofold/contract/graphql';
import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue';
import { useQuery } from '../graphql/use-query.js';
import { useViewer } from '../session/use-session.js';

export type OpenUser = NonNullable<UserQuery['user']>;

const userKey: InjectionKey<ComputedRef<OpenUser | null>> = Symbol('open user');

/**
 * The user whose page is open, for the page and its tabs. The own one comes from the session: a session that may only set
 * two-factor up may ask for nobody else.
 */
export function provideUser(id: () => string) {
  const viewer = useViewer();
  const own = computed(() => viewer.value.id === id());
  const { data, loading, failure, retry } = useQuery(UserDocument, () => (own.value ? null : { id: id() }));

  const user = computed<OpenUser | null>(() => {
    if (own.value) return viewer.value;
    return data.value?.user?.id === id() ? data.value.user : null;
  });
  provide(userKey, user);
  const missing = computed(
    () => !own.value && !user.value && !loading.value && data.value !== undefined && !failure.value,
  );
  return { user, missing, failure, retry };
}

/** For a tab of the page; it renders only once the user is there. */
export function useOpenUser(): ComputedRef<OpenUser> {
  const user = inject(userKey);
  let last = user?.value;
  return computed(() => {
    last = user?.value ?? last;
    if (!last) throw new Error('No user page is open.');
    return last;
  });
}
