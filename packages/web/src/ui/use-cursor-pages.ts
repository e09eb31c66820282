import { useRouter, type LocationQueryRaw } from 'vue-router';

interface PagedView {
  readonly after: string | null;
  readonly page: number;
}

/**
 * Leads through a list whose state stands in the address. The API pages forward only, so the cursors of the pages before this
 * one lie in the history entry.
 */
export function useCursorPages<View extends PagedView>(
  view: () => View,
  queryOf: (view: View) => LocationQueryRaw,
) {
  const router = useRouter();
  const trail = (): string[] =>
    Array.isArray(history.state?.trail) ? (history.state.trail as string[]) : [];

  /** Another list: from its first page, in place of this one. */
  function show(change: Partial<View>): void {
    void router.replace({ query: queryOf({ ...view(), after: null, page: 1, ...change }) });
  }

  /** `cursor` is where this page ends. */
  function next(cursor: string): void {
    const query = queryOf({ ...view(), after: cursor, page: view().page + 1 });
    void router.push({ query, state: { trail: [...trail(), view().after ?? ''] } });
  }

  function previous(): void {
    const before = trail();
    const after = before.at(-1) || null;
    const page = after ? view().page - 1 : 1;
    void router.push({ query: queryOf({ ...view(), after, page }), state: { trail: before.slice(0, -1) } });
  }

  return { show, next, previous };
}
