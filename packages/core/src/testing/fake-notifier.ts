import type { Notice, NoticeDetail, Notifier } from '../ports.js';

interface Told {
  readonly email: string;
  readonly name: string;
  readonly notice: Notice;
  readonly detail?: NoticeDetail;
}

export interface FakeNotifier extends Notifier {
  readonly told: readonly Told[];
}

/** Remembers what it was told, oldest first. */
export function fakeNotifier(): FakeNotifier {
  const told: Told[] = [];
  return {
    told,
    tell({ email, name }, notice, detail) {
      told.push({ email, name, notice, ...(detail && { detail }) });
    },
  };
}
