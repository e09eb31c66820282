import type { OperationVariables, TypedDocumentNode, WatchQueryFetchPolicy } from '@apollo/client/core';
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { useClient } from './client.js';
import { sortFailure, type Failure } from './failure.js';

export interface QueryState<TData> {
  /** The last complete answer; kept while the next one is on its way. */
  readonly data: Readonly<ShallowRef<TData | undefined>>;
  readonly loading: Readonly<ShallowRef<boolean>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  readonly retry: () => void;
}

/**
 * Watches a query for as long as the calling component lives. `variables` is tracked; null holds the query back.
 * Partial data never shows: `data` changes only with a complete answer.
 */
export function useQuery<TData, TVariables extends OperationVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: () => TVariables | null,
  fetchPolicy: WatchQueryFetchPolicy = 'cache-and-network',
): QueryState<TData> {
  const client = useClient();
  const data = shallowRef<TData>();
  const loading = shallowRef(false);
  const failure = shallowRef<Failure | null>(null);
  let stop = (): void => {};

  function observe(wanted: TVariables): void {
    const observable = client.watchQuery<TData, OperationVariables>({
      query: document,
      variables: wanted,
      fetchPolicy,
      notifyOnNetworkStatusChange: true,
    });
    const subscription = observable.subscribe((result) => {
      loading.value = result.loading;
      failure.value = result.error ? sortFailure(result.error) : null;
      if (result.dataState === 'complete') data.value = result.data;
    });
    stop = () => subscription.unsubscribe();
  }

  function start(): void {
    stop();
    const wanted = variables();
    if (wanted) observe(wanted);
    else loading.value = false;
  }

  watch(() => JSON.stringify(variables()), start, { immediate: true });
  onScopeDispose(() => stop());
  return { data, loading, failure, retry: start };
}
