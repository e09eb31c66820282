import { AuditEventsDocument } from '@twofold/contract/graphql';
import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { useQuery } from '../graphql/use-query.js';
import { useViewer } from '../session/use-session.js';
import { useCursorPages } from '../ui/use-cursor-pages.js';
import { filterOf, queryOf, variablesOf, viewOf } from './activity-query.js';

/** One page of the activity, newest first, as the address says. */
export function useActivityPage() {
  const route = useRoute();
  const viewer = useViewer();

  const view = computed(() => viewOf(route.query));
  const maySeeEverybody = computed(() => viewer.value.role !== 'MEMBER');
  const filter = computed(() => filterOf(view.value, maySeeEverybody.value));
  const { data, loading, failure, retry } = useQuery(AuditEventsDocument, () =>
    variablesOf(view.value, maySeeEverybody.value),
  );
  const pages = useCursorPages(() => view.value, queryOf);

  function next(): void {
    const cursor = data.value?.auditEvents.pageInfo.endCursor;
    if (cursor) pages.next(cursor);
  }

  return {
    view,
    filter,
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
