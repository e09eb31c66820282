import { AuditEventsDocument } from '@twofold/contract/graphql';
import { computed, shallowRef, watch } from 'vue';
import { useRoute } from 'vue-router';
import { useQuery } from '../graphql/use-query.js';
import { useViewer } from '../session/use-session.js';
import { serverNow } from '../ui/server-clock.js';
import { useCursorPages } from '../ui/use-cursor-pages.js';
import { filterOf, isNarrowed, queryOf, variablesOf, viewOf } from './activity-query.js';

/** One page of the activity, newest first, as the address says. */
export function useActivityPage() {
  const route = useRoute();
  const viewer = useViewer();

  const view = computed(() => viewOf(route.query));
  const maySeeEverybody = computed(() => viewer.value.role !== 'MEMBER');
  /** "Last 24 hours" are those before the choice: all pages, and the exported file, are parts of one list. */
  const asOf = shallowRef(serverNow());
  watch(
    () => JSON.stringify(queryOf({ ...view.value, after: null, page: 1 })),
    () => (asOf.value = serverNow()),
    { flush: 'sync' },
  );
  const filter = computed(() => filterOf(view.value, maySeeEverybody.value, asOf.value));
  const narrowed = computed(() => isNarrowed(view.value, maySeeEverybody.value));
  const { data, loading, failure, retry } = useQuery(AuditEventsDocument, () =>
    variablesOf(view.value, filter.value),
  );
  const pages = useCursorPages(() => view.value, queryOf);

  function next(): void {
    const cursor = data.value?.auditEvents.pageInfo.endCursor;
    if (cursor) pages.next(cursor);
  }

  return {
    view,
    filter,
    narrowed,
    maySeeEverybody,
    data,
    loading,
    failure,
    retry,
    show: pages.show,
    next,
    previous: pages.previous,
  };
}
