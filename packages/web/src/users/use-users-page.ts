import { UsersDocument } from '@twofold/contract/graphql';
import { computed, shallowRef, watch } from 'vue';
import { onBeforeRouteLeave, useRoute, useRouter } from 'vue-router';
import { useQuery } from '../graphql/use-query.js';
import { useViewer } from '../session/use-session.js';
import { queryOf, variablesOf, viewOf, type SortKey, type UsersView } from './users-query.js';

/** Long enough for a word to be typed, short enough not to be noticed. */
const PAUSE = 250;

/** The list of users, one page of it, as the address says. */
export function useUsersPage() {
  const route = useRoute();
  const router = useRouter();
  const viewer = useViewer();

  const view = computed(() => viewOf(route.query));
  const mayFilter = computed(() => viewer.value.role !== 'MEMBER');
  const { data, loading, failure, retry } = useQuery(UsersDocument, () =>
    variablesOf(view.value, mayFilter.value),
  );

  /** The cursors of the pages before this one: the API pages forward only. They lie in the history entry. */
  const trail = (): string[] =>
    Array.isArray(history.state?.trail) ? (history.state.trail as string[]) : [];

  function show(next: Partial<UsersView>): void {
    const state = { after: null, page: 1, ...next };
    void router.replace({ query: queryOf({ ...view.value, ...state }) });
  }

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
    if (!cursor) return;
    const query = queryOf({ ...view.value, after: cursor, page: view.value.page + 1 });
    void router.push({ query, state: { trail: [...trail(), view.value.after ?? ''] } });
  }

  function previous(): void {
    const before = trail();
    const after = before.at(-1) || null;
    const page = after ? view.value.page - 1 : 1;
    void router.push({
      query: queryOf({ ...view.value, after, page }),
      state: { trail: before.slice(0, -1) },
    });
  }

  return { view, typed, mayFilter, data, loading, failure, retry, show, sortBy, next, previous };
}
