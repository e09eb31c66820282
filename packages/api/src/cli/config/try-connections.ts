import { existsSync } from 'node:fs';
import { loadKeys } from '../../adapters/keys/key-file.js';
import { checkKnownKeys, KeyRingRefused } from '../../adapters/keys/key-ring-check.js';
import { createKeyRing } from '../../adapters/keys/key-ring.js';
import { tryRedis } from '../../adapters/try-redis.js';
import { trySmtp } from '../../adapters/mail/try-smtp.js';
import type { Config } from '../../config.js';
import { DatabaseUnavailable } from '../../store/engine/database-unavailable.js';
import { keyCheckStore } from '../../store/keys/key-check.store.js';
import { sealedValues } from '../../store/keys/sealed-values.js';
import { placeOf, sqliteFile, withDatabase, withNewDatabase } from '../open-database.js';

export interface Tried {
  readonly name: 'database' | 'replica' | 'keys' | 'Redis' | 'SMTP';
  readonly ok: boolean;
  readonly detail: string;
}

/** In milliseconds, a connection. */
const WITHIN = 6_000;

/** What the settings name, one after the other. Nothing is made and nothing is sent. */
export async function tryConnections(config: Config): Promise<readonly Tried[]> {
  const { mail, redisUrl } = config;
  return [
    ...(await tryDatabase(config)),
    ...(await Promise.all(config.databaseReplicaUrls.map((url) => tried('replica', () => tryReplica(url))))),
    ...(redisUrl === null ? [] : [await tried('Redis', () => tryRedis(redisUrl, WITHIN))]),
    ...(mail.driver === 'inbox' ? [] : [await tried('SMTP', () => trySmtp(mail.url, WITHIN))]),
  ];
}

async function tryDatabase(config: Config): Promise<readonly Tried[]> {
  const file = sqliteFile(config.databaseUrl);
  const keys = config.encryptionKeys ?? loadKeys(config.keyFile);
  const noKeys: Tried = { name: 'keys', ok: true, detail: 'the first start makes them' };
  if (file !== null && !existsSync(file)) {
    const detail = `there is none at ${file} yet: the first start makes it`;
    return [{ name: 'database', ok: true, detail }, ...(keys === null ? [noKeys] : [])];
  }
  try {
    return await withDatabase(
      config,
      async (database) => {
        const pending = await database.pendingMigrations();
        const reached: Tried = {
          name: 'database',
          ok: true,
          detail: pending.length === 0 ? 'reached' : `reached; the start migrates it (${pending.join(', ')})`,
        };
        if (keys === null) return [reached, noKeys];
        // Before the migrations there may be no table to hold the keys against.
        if (pending.length > 0) return [reached];
        const stored = { checks: keyCheckStore(database), values: sealedValues(database) };
        return [reached, await tried('keys', () => fitting(checkKnownKeys(createKeyRing(keys), stored)))];
      },
      { prepared: false },
    );
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    const detail = `${placeOf(config.databaseUrl)} is out of reach (${error.code.split(' ')[0] ?? ''})`;
    return [{ name: 'database', ok: false, detail }];
  }
}

async function tryReplica(databaseUrl: string): Promise<null> {
  await withNewDatabase({ databaseUrl }, (replica) => replica.sql.all('SELECT 1 FROM users LIMIT 1'));
  return null;
}

async function fitting(check: Promise<unknown>): Promise<null> {
  await check.catch((error: unknown) => {
    throw error instanceof KeyRingRefused ? new Error(error.message) : error;
  });
  return null;
}

/** `work` answers null where all is well; what it throws has no secret in its message. */
async function tried(name: Tried['name'], work: () => Promise<null>): Promise<Tried> {
  try {
    await work();
    return { name, ok: true, detail: name === 'keys' ? 'they are those of the database' : 'reached' };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : 'out of reach' };
  }
}
