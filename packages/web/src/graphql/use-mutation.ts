import type { OperationVariables, TypedDocumentNode } from '@apollo/client/core';
import { shallowRef, type ShallowRef } from 'vue';
import { useClient } from './client.js';
import { sortFailure, type Failure } from './failure.js';

export interface MutationState<TData, TVariables> {
  /** The answer, or null where there was none (see `failure`) or the same mutation is under way already. */
  readonly run: (variables: TVariables) => Promise<TData | null>;
  readonly busy: Readonly<ShallowRef<boolean>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
}

/** One mutation of a form or button. A second click while it runs sends nothing. Never throws. */
export function useMutation<TData, TVariables extends OperationVariables>(
  document: TypedDocumentNode<TData, TVariables>,
): MutationState<TData, TVariables> {
  const client = useClient();
  const busy = shallowRef(false);
  const failure = shallowRef<Failure | null>(null);

  async function run(variables: TVariables): Promise<TData | null> {
    if (busy.value) return null;
    busy.value = true;
    failure.value = null;
    try {
      const { data } = await client.mutate<TData, OperationVariables>({ mutation: document, variables });
      return data ?? null;
    } catch (error) {
      failure.value = sortFailure(error);
      return null;
    } finally {
      busy.value = false;
    }
  }

  return { run, busy, failure };
}
