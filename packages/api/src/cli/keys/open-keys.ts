import { loadKeys } from '../../adapters/keys/key-file.js';
import type { KeyRing } from '../../adapters/keys/key-ring.js';
import { createKeyRing } from '../../adapters/keys/key-ring.js';
import type { Config } from '../../config.js';
import type { Database } from '../../store/data-source.js';
import type { KeyCheckStore } from '../../store/keys/key-check.store.js';
import { keyCheckStore } from '../../store/keys/key-check.store.js';
import type { SealedValues } from '../../store/keys/sealed-values.js';
import { sealedValues } from '../../store/keys/sealed-values.js';
import { withDatabase } from '../open-database.js';
import { CommandRefused } from '../shell.js';

/** The configured keys, and what the database holds under which. */
export interface OpenKeys {
  readonly database: Database;
  readonly ring: KeyRing;
  readonly checks: KeyCheckStore;
  readonly values: SealedValues;
}

/**
 * Opens keys and database for a command, and closes them after it. It makes neither.
 *
 * @throws {CommandRefused} where there is no key file, no database, or one that has to be migrated first
 */
export async function withKeys<T>(config: Config, work: (keys: OpenKeys) => Promise<T>): Promise<T> {
  const masterKeys = config.encryptionKeys ?? loadKeys(config.keyFile);
  if (masterKeys === null)
    throw new CommandRefused(
      'There are no keys: ENCRYPTION_KEYS is not set, and no key file lies beside the database.',
    );
  return withDatabase(config, (database) =>
    work({
      database,
      ring: createKeyRing(masterKeys),
      checks: keyCheckStore(database),
      values: sealedValues(database),
    }),
  );
}
