import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Carries the id of a request to wherever its errors are made presentable. */
export const requestId = {
  run: <T>(id: string, work: () => T): T => current.run(id, work),
  get: (): string => current.getStore() ?? 'none',
};
