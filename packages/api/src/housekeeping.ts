import { sealAuditLog } from '@twofold/core/audit/seal-audit-log';
import type { Clock, Digest } from '@twofold/core/ports';
import { MINUTE, SECOND } from '@twofold/core/ports';
import type { Logger } from 'pino';
import { nowAndThen } from './now-and-then.js';
import { auditChainStore } from './store/audit/audit-chain.store.js';
import type { Database } from './store/data-source.js';
import { purgeExpired } from './store/purge-expired.js';

export interface HousekeepingDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
}

/** What is done beside the requests, on tables that are there. The answer ends it, and resolves when it has ended. */
export function keepHouse({ database, clock, digest, logger }: HousekeepingDeps): () => Promise<void> {
  const warnOf = (message: string) => (error: unknown) => logger.warn({ err: error }, message);
  const seal = sealAuditLog({
    chain: auditChainStore(database),
    digest,
    transaction: database.transaction,
  });
  const stops = [
    // Rows that have run out are read by nobody; deleting them keeps the tables small.
    nowAndThen(
      10 * MINUTE,
      (signal) => purgeExpired(database.sql, clock.now(), signal),
      warnOf('Expired rows could not be purged'),
    ),
    nowAndThen(2 * SECOND, seal, warnOf('The audit log could not be sealed')),
  ];
  return async () => {
    for (const stop of stops) await stop();
  };
}
