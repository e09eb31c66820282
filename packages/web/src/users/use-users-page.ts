import { UsersDocument } from '@twofold/contract/graphql';
import { computed, shallowRef, watch } from 'vue';
import { onBeforeRouteLeave, useRoute } from 'vue-router';
import { useQuery } from '../graphql/use-query.js';
import { useViewer } from '../session/use-session.js';
import { useCursorPages } from '../ui/use-cursor-pages.js';
import { queryOf, variablesOf, viewOf, type SortKey } from './users-query.js';

/** Long enough for a word to be typed, short enough not to be noticed. */
const PAUSE = 250;

/** The list of users, one page of it, as the address says. */
export function useUsersPage() {
  const route = useRoute();
  const viewer = useViewer();

  const view = computed(() => viewOf(route.query));
  const mayFilter = computed(() => viewer.value.role !== 'MEMBER');
  const { data, loading, failure, retry } = useQuery(UsersDocument, () =>
    variablesOf(view.value, mayFilter.value),
  );

  const { show, ...pages } = useCursorPages(() => view.value, queryOf);

  const typed = shallowRef(view.value.search);
  let pause: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (text) => {
    clearTimeout(pause);
    if (text.trim() !== view.value.search) pause = setTimeout(() => show({ search: text.trim() }), PAUSE);
  });
  // A name that is clicked before the search has begun is opened: the search must not call it back.
  onBeforeRouteLeave(() => clearTimeout(pause));
  watch(
    () => view.value.search,
    (search) => {
      if (typed.value.trim() !== search) typed.value = search;
    },
  );

  function sortBy(sort: SortKey): void {
    show({ sort, descending: view.value.sort === sort && !view.value.descending });
  }

  function next(): void {
    const cursor = data.value?.users.pageInfo.endCursor;
    if (cursor) pages.next(cursor);
  }

  const { previous } = pages;
  return { view, typed, mayFilter, data, loading, failure, retry, show, sortBy, next, previous };
}
