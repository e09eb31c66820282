import { UserDocument, UsersDocument, type UsersQuery } from '@twofold/contract/graphql';
import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import { useQuery } from '../graphql/use-query.js';

export type FoundPerson = UsersQuery['users']['nodes'][number];

/** As many as are read at a glance. */
const SHOWN = 6;
/** Long enough for a word to be typed, short enough not to be noticed. */
const PAUSE = 250;

/** Finds people of the viewer's organisation by a part of the name or the email, and the one whose id is `chosenId`. */
export function usePeopleSearch(chosenId: () => string | null) {
  const open = shallowRef(false);
  const typed = shallowRef('');
  const search = shallowRef('');
  const picked = shallowRef<FoundPerson | null>(null);

  let pause: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (text) => {
    clearTimeout(pause);
    // A list that has been left is whole when it opens again.
    if (text === '') search.value = '';
    else pause = setTimeout(() => (search.value = text.trim()), PAUSE);
  });
  onScopeDispose(() => clearTimeout(pause));

  const found = useQuery(UsersDocument, () =>
    open.value
      ? {
          first: SHOWN,
          after: null,
          search: search.value || null,
          twoFactorEnabled: null,
          orderBy: { field: 'NAME' as const, direction: 'ASC' as const },
        }
      : null,
  );
  // Of a person that was picked here the name is known, without asking.
  const asked = useQuery(UserDocument, () => {
    const id = chosenId();
    return id === null || id === picked.value?.id ? null : { id };
  });

  const people = computed(() => found.data.value?.users.nodes ?? []);
  const more = computed(() => (found.data.value?.users.totalCount ?? 0) - people.value.length);
  /** Null where there is no such person; undefined until that is known, and where nobody is chosen. */
  const chosen = computed(() => {
    const id = chosenId();
    if (id === null) return undefined;
    const known = [picked.value, asked.data.value?.user].find((person) => person?.id === id);
    const answered = !asked.loading.value && !asked.failure.value;
    return known ?? (answered && asked.data.value?.user === null ? null : undefined);
  });

  return {
    open,
    typed,
    picked,
    people,
    more,
    chosen,
    asking: asked.loading,
    loading: found.loading,
    failure: found.failure,
  };
}
