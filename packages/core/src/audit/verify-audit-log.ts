import type { Digest } from '../ports.js';
import type { AuditChainStore, ChainEnd, Checkpoint } from './audit-chain-store.js';
import type { ChainFault } from './audit-chain.js';
import { FIRST_SEAL, firstFault } from './audit-chain.js';
import { SEAL_CONTEXT } from './seal-audit-log.js';

export const CHECKPOINT_CONTEXT = 'audit:checkpoint';
const BATCH = 1_000;

export type AuditVerdict =
  | { readonly whole: true; readonly from: number; readonly lines: number }
  | {
      readonly whole: false;
      readonly first: ChainFault | { readonly fault: 'CHECKPOINT_FORGED' | 'END_CUT_OFF' };
    };

/** Reads the chain from its newest checkpoint, or its start, to its end, and names the first line that is not as it was sealed. */
export function verifyAuditLog({
  chain,
  digest,
}: {
  readonly chain: AuditChainStore;
  readonly digest: Digest;
}) {
  return async (): Promise<AuditVerdict> => {
    const checkpoint = await chain.newestCheckpoint();
    if (
      checkpoint &&
      !digest.matchesKeyed(checkpointText(checkpoint), CHECKPOINT_CONTEXT, checkpoint.signature)
    ) {
      return { whole: false, first: { fault: 'CHECKPOINT_FORGED' } };
    }
    const start: ChainEnd = checkpoint ?? { position: 0, seal: FIRST_SEAL };
    const end = await chain.end();
    let reached = start;
    for (;;) {
      const events = await chain.sealedAfter(reached.position, BATCH);
      const fault = firstFault(reached, events, (text, seal) =>
        digest.matchesKeyed(text, SEAL_CONTEXT, seal),
      );
      if (fault) return { whole: false, first: fault };
      reached = events.at(-1) ?? reached;
      if (events.length < BATCH) break;
    }
    if (reached.position < end.position) return { whole: false, first: { fault: 'END_CUT_OFF' } };
    return { whole: true, from: start.position + 1, lines: reached.position - start.position };
  };
}

/** What the signature of a checkpoint is made over. */
export function checkpointText({ position, seal, madeAt }: Omit<Checkpoint, 'signature'>): string {
  return JSON.stringify([1, position, seal, madeAt]);
}
