import type { Digest, Transaction } from '../ports.js';
import type { AuditChainStore, SealedLine } from './audit-chain-store.js';
import { sealedText } from './audit-chain.js';

export interface SealAuditLogDeps {
  readonly chain: AuditChainStore;
  readonly digest: Digest;
  readonly transaction: Transaction;
}

export const SEAL_CONTEXT = 'audit:seal';
const BATCH = 200;

/**
 * Chains the lines that are not sealed yet, in small transactions, and answers how many. Lines are written without a seal, so
 * that sign-ins never wait for one another; whoever holds the end of the chain seals for all processes.
 */
export function sealAuditLog(deps: SealAuditLogDeps) {
  return async (): Promise<number> => {
    let sealed = 0;
    for (;;) {
      // A look without a lock, so that idle processes do not queue for the end.
      if ((await deps.chain.unsealed(1)).length === 0) return sealed;
      const count = await deps.transaction(() => sealBatch(deps));
      sealed += count;
      if (count < BATCH) return sealed;
    }
  };
}

async function sealBatch({ chain, digest }: SealAuditLogDeps): Promise<number> {
  let { position, seal } = await chain.lockEnd();
  const lines = (await chain.unsealed(BATCH)).map((event): SealedLine => {
    position += 1;
    seal = digest.keyed(sealedText(seal, position, event), SEAL_CONTEXT);
    return { id: event.id, position, seal };
  });
  if (lines.length === 0) return 0;
  await chain.seal(lines);
  await chain.moveEnd({ position, seal });
  return lines.length;
}
