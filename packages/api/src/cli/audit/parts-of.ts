import { createHmacDigest } from '../../adapters/keys/hmac-digest.js';
import { systemClock } from '../../adapters/system-clock.js';
import { auditChainStore } from '../../store/audit/audit-chain.store.js';
import type { OpenKeys } from '../keys/open-keys.js';

/** What the rules of the chain need. */
export function partsOf({ database, ring }: OpenKeys) {
  const { transaction } = database;
  return {
    chain: auditChainStore(database),
    digest: createHmacDigest(ring),
    clock: systemClock,
    transaction,
  };
}
