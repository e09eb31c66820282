import { setTimeout as sleep } from 'node:timers/promises';
import Database from '@twofold/sqlite';

export interface LogWatch {
  /** Resolves when no line of the audit log waits for its seal. */
  sealed(): Promise<void>;
  close(): void;
}

const LONGEST_WAIT = 60_000;

/** Looks into a database of the product from outside. */
export function watchLog(file: string): LogWatch {
  const database = new Database(file, { readonly: true });
  const unsealed = database.prepare('SELECT 1 FROM audit_events WHERE position IS NULL LIMIT 1');
  return {
    async sealed() {
      const since = performance.now();
      while (unsealed.get() !== undefined) {
        if (performance.now() - since > LONGEST_WAIT) throw new Error('The audit log was not sealed.');
        await sleep(50);
      }
    },
    close: () => database.close(),
  };
}
