import type { Clock, Digest, Transaction } from '../ports.js';
import { DAY } from '../ports.js';
import type { AuditChainStore } from './audit-chain-store.js';
import { CHECKPOINT_CONTEXT, checkpointText } from './verify-audit-log.js';

export interface TrimAuditLogDeps {
  readonly clock: Clock;
  readonly chain: AuditChainStore;
  readonly digest: Digest;
  readonly transaction: Transaction;
}

const BATCH = 500;

/** Deletes lines older than `days`, and leaves a signed checkpoint from which the rest can still be verified. Answers how many. */
export function trimAuditLog(deps: TrimAuditLogDeps) {
  return async (days: number): Promise<number> => {
    const madeAt = deps.clock.now();
    const end = await deps.transaction(async () => {
      await deps.chain.lockEnd();
      const cut = await deps.chain.endOfLinesBefore(madeAt - days * DAY);
      if (!cut) return null;
      const signature = deps.digest.keyed(checkpointText({ ...cut, madeAt }), CHECKPOINT_CONTEXT);
      await deps.chain.addCheckpoint({ ...cut, madeAt, signature });
      return cut;
    });
    let deleted = 0;
    for (let batch = BATCH; end && batch === BATCH; deleted += batch) {
      batch = await deps.transaction(() => deps.chain.deleteUpTo(end.position, BATCH));
    }
    return deleted;
  };
}
