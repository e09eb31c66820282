import { mount } from '@vue/test-utils';
import type { InjectionKey } from 'vue';
import { createCopy } from '../copy/i18n.js';
import { addSignedInCopy } from '../copy/signed-in.js';

export interface Provided {
  readonly key: InjectionKey<unknown>;
  readonly value: unknown;
}

export const provided = <T>(key: InjectionKey<T>, value: T): Provided => ({
  key: key,
  value,
});

/** English words, those of the pages behind the sign-in included. */
export function allCopy(languages: readonly string[] = ['en-GB']) {
  const copy = createCopy(languages);
  addSignedInCopy(copy.global);
  return copy;
}

/** Runs a composable inside of a component, with English words and what it injects. */
export function runInApp<T>(
  composable: () => T,
  ...parts: readonly Provided[]
): { result: T; unmount: () => void } {
  let result: T | undefined;
  const wrapper = mount(
    {
      setup: () => {
        result = composable();
        return () => null;
      },
    },
    {
      global: {
        plugins: [allCopy()],
        provide: Object.fromEntries(parts.map(({ key, value }) => [key, value])),
      },
    },
  );
  return { result: result as T, unmount: () => wrapper.unmount() };
}
