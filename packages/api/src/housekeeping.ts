import { sealAuditLog } from '@twofold/core/audit/seal-audit-log';
import type { PolicyStore } from '@twofold/core/policy/policy-store';
import { remindOfPolicy } from '@twofold/core/policy/remind-of-policy';
import type { Clock, Digest, Notifier } from '@twofold/core/ports';
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
  readonly policies: PolicyStore;
  readonly notifier: Notifier;
}

/** What is done beside the requests, on tables that are there. The answer ends it, and resolves when it has ended. */
export function keepHouse(deps: HousekeepingDeps): () => Promise<void> {
  const { database, clock, digest, logger } = deps;
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
    nowAndThen(
      MINUTE,
      remindOfPolicy({ ...deps, transaction: database.transaction }),
      warnOf('Those who have a deadline to meet could not be told'),
    ),
    nowAndThen(2 * SECOND, seal, warnOf('The audit log could not be sealed')),
  ];
  return async () => {
    for (const stop of stops) await stop();
  };
}
