import { randomBytes, randomUUID } from 'node:crypto';
import { factorPlace } from '@twofold/core/two-factor/two-factor';
import { issueRecoveryCode } from '@twofold/core/two-factor/recovery-code';
import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import { createAesCipher } from '../../src/adapters/keys/aes-cipher.js';
import { createHmacDigest } from '../../src/adapters/keys/hmac-digest.js';
import { createKeyRing } from '../../src/adapters/keys/key-ring.js';
import { nodeRandom } from '../../src/adapters/node-random.js';
import { openDatabase } from '../../src/store/data-source.js';
import { insert } from '../../src/store/engine/sql.js';
import { testKey } from '../harness/open-service.js';
import { PASSWORD } from '../harness/password.js';

/** As far as the release before had come. */
export const MIGRATIONS_BEFORE = 3;

export interface RowsOfBefore {
  readonly email: string;
  readonly plainEmail: string;
  /** In base32, as an app keeps it. */
  readonly secret: string;
  readonly recoveryCode: string;
  /** Of a session that lives. */
  readonly token: string;
}

const ring = createKeyRing([{ id: 'test', key: testKey }]);

/**
 * A database as the release before 0004 left it: its schema, made by its own migrations, and rows in the columns that there
 * were then. No store writes them, since stores know today's columns.
 */
export async function makeReleaseBefore(url: string, now: number): Promise<RowsOfBefore> {
  const database = await openDatabase(url);
  await database.migrate();
  for (;;) {
    const { done } = await database.migrationHistory();
    if (done.length === MIGRATIONS_BEFORE) break;
    await database.undoNewestMigration();
  }
  const rows = await fill(database.sql, now);
  await database.close();
  return rows;
}

async function fill(sql: Parameters<typeof insert>[0], now: number): Promise<RowsOfBefore> {
  const digest = createHmacDigest(ring);
  const [organization_id, protectedId, plainId, factorId] = [1, 2, 3, 4].map(() => randomUUID()) as [
    ...[string, string, string, string],
  ];
  const password_hash = await fakeHasher().hash(PASSWORD);
  const name = { name: 'Zoë Ångström 🙂', name_key: 'zoe angstrom 🙂' };
  await insert(sql, 'organizations', {
    ...{ id: organization_id, name: 'Früher GmbH', two_factor_required: false },
    ...{ allowed_methods: '["TOTP"]', created_at: 1 },
  });
  for (const [id, email] of [
    [protectedId, 'zoe@before.example'],
    [plainId, 'plain@before.example'],
  ] as const) {
    const sign_in = { disabled_at: null, created_at: 1, last_sign_in_at: now - 1_000 };
    const account = { id, organization_id, email, email_key: email, role: 'ADMIN', password_hash };
    await insert(sql, 'users', { ...account, ...name, ...sign_in });
  }
  const { recoveryCode, hash } = issueRecoveryCode({ random: nodeRandom, digest });
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  await insert(sql, 'two_factors', {
    ...{ user_id: protectedId, method: 'TOTP', enabled_at: 2, last_used_at: null },
    ...{ recovery_code_hash: hash, recovery_code_created_at: 2 },
  });
  await insert(sql, 'factors', {
    ...{ id: factorId, user_id: protectedId, kind: 'TOTP', slot: 'PRIMARY', used_step: null, created_at: 2 },
    sealed: createAesCipher(ring).seal(secret, factorPlace(factorId)),
  });
  const token = randomBytes(32).toString('base64url');
  await insert(sql, 'sessions', {
    ...{ id: randomUUID(), user_id: plainId, token_hash: digest.ofSecret(token), signed_in_at: now },
    ...{ last_seen_at: now, idle_expires_at: now + 600_000, absolute_expires_at: now + 3_600_000 },
    ...{ keep_signed_in: false, password_confirmed_until: null, phone_change_free_until: null },
  });
  for (const action of ['SIGN_IN', 'ENABLE_TWO_FACTOR'])
    await insert(sql, 'audit_events', {
      ...{ id: randomUUID(), at: now - 5, action, outcome: 'DONE', organization_id, user_id: protectedId },
      ...{ method: null, session_id: null, address: '192.0.2.7', device: 'curl/8', request_id: 'r' },
      ...{ position: null, seal: null },
    });
  return { email: 'zoe@before.example', plainEmail: 'plain@before.example', secret, recoveryCode, token };
}
