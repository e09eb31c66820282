import type { Instant } from '../ports.js';

/** Counters that must be exact: over all processes, and after a restart. Their state is plain data of at most 2,000 characters as JSON. */
export interface LimitStore {
  /** Without a lock: good for a first look, not for a decision. */
  peek(key: string): Promise<unknown>;
  /** In a transaction: the states of these keys, null where there is none; nobody else gets at them until its end. */
  lock(keys: readonly string[]): Promise<unknown[]>;
  /** In the transaction that locked it. Null deletes it; after `expiresAt` it may be deleted. */
  save(key: string, state: unknown, expiresAt: Instant): Promise<void>;
}
