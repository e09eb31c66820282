import { existsSync } from 'node:fs';
import { loadKeys } from '../../adapters/key-file.js';
import type { KeyRing } from '../../adapters/key-ring.js';
import { createKeyRing } from '../../adapters/key-ring.js';
import type { Config } from '../../config.js';
import type { Database } from '../../store/data-source.js';
import { openDatabase } from '../../store/data-source.js';
import type { KeyCheckStore } from '../../store/key-check.store.js';
import { keyCheckStore } from '../../store/key-check.store.js';
import type { SealedValues } from '../../store/sealed-values.js';
import { sealedValues } from '../../store/sealed-values.js';
import { CommandRefused } from '../terminal.js';

/** The configured keys, and what the database holds under which. */
export interface OpenKeys {
  readonly database: Database;
  readonly ring: KeyRing;
  readonly checks: KeyCheckStore;
  readonly values: SealedValues;
}

/**
 * Opens keys and database for a command, and closes them after it. It makes neither: a command with a wrong setting would
 * otherwise look at an empty database, and find it in order.
 *
 * @throws {CommandRefused} where there is no key file, no database, or one that no server of this version has prepared
 */
export async function withKeys<T>(config: Config, work: (keys: OpenKeys) => Promise<T>): Promise<T> {
  const masterKeys = config.encryptionKeys ?? loadKeys(config.keyFile);
  if (masterKeys === null)
    throw new CommandRefused(
      'There are no keys: ENCRYPTION_KEYS is not set, and no key file lies beside the database.',
    );
  const file = /^sqlite:(.*)$/.exec(config.databaseUrl)?.[1];
  if (file !== undefined && !existsSync(file)) throw new CommandRefused(`There is no database at ${file}.`);
  const database = await openDatabase(config.databaseUrl);
  try {
    await refuseUnprepared(database);
    return await work({
      database,
      ring: createKeyRing(masterKeys),
      checks: keyCheckStore(database),
      values: sealedValues(database),
    });
  } finally {
    await database.close();
  }
}

async function refuseUnprepared(database: Database): Promise<void> {
  if ((await database.pendingMigrations()).length > 0)
    throw new CommandRefused('The database has to be migrated first. Start the API of this version once.');
}
