import { sealAuditLog } from '@twofold/core/audit/seal-audit-log';
import type { AuditVerdict } from '@twofold/core/audit/verify-audit-log';
import { verifyAuditLog } from '@twofold/core/audit/verify-audit-log';
import { createHmacDigest } from '../../../src/adapters/keys/hmac-digest.js';
import { createKeyRing } from '../../../src/adapters/keys/key-ring.js';
import { auditChainStore } from '../../../src/store/audit/audit-chain.store.js';
import type { Database } from '../../../src/store/data-source.js';
import { testKey } from '../../harness/open-service.js';

/** Seals what the service has not come to yet, and reads the whole chain. */
export async function verifyLog(database: Database): Promise<AuditVerdict> {
  const chain = auditChainStore(database);
  const digest = createHmacDigest(createKeyRing([{ id: 'test', key: testKey }]));
  await sealAuditLog({ chain, digest, transaction: database.transaction })();
  return verifyAuditLog({ chain, digest })();
}
