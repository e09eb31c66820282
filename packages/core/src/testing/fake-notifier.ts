import type { Notice, Notifier } from '../ports.js';

export interface FakeNotifier extends Notifier {
  readonly told: readonly { readonly email: string; readonly name: string; readonly notice: Notice }[];
}

/** Remembers what it was told, oldest first. */
export function fakeNotifier(): FakeNotifier {
  const told: { email: string; name: string; notice: Notice }[] = [];
  return {
    told,
    tell({ email, name }, notice) {
      told.push({ email, name, notice });
    },
  };
}
