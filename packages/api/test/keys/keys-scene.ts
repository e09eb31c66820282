import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createAesCipher } from '../../src/adapters/keys/aes-cipher.js';
import type { MasterKey } from '../../src/adapters/keys/key-ring.js';
import { createKeyRing } from '../../src/adapters/keys/key-ring.js';
import type { Terminal } from '../../src/cli/shell.js';
import type { Database } from '../../src/store/data-source.js';
import { sealedValues } from '../../src/store/keys/sealed-values.js';
import { insert } from '../../src/store/engine/sql.js';
import { seedOrganization, seedUser } from '../databases/open-test-database.js';

export function newMasterKey(id: string): MasterKey {
  return { id, key: randomBytes(32) };
}

export const encryptionKeys = (keys: readonly MasterKey[]) =>
  keys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(',');

/** Rows of a user that nobody signs in as, each sealed under the key. */
export async function fillFactors(database: Database, key: MasterKey, count: number): Promise<void> {
  const cipher = createAesCipher(createKeyRing([key]));
  const { id: organizationId } = await seedOrganization(database);
  const { id: userId } = await seedUser(database, { organizationId });
  await database.transaction(async () => {
    const times = { enabled_at: 0, last_used_at: null, recovery_code_created_at: 0 };
    await insert(database.sql, 'two_factors', {
      user_id: userId,
      method: 'SMS',
      recovery_code_hash: '',
      ...times,
    });
    for (let i = 0; i < count; i++) {
      const id = randomUUID();
      const sealed = cipher.seal(`+49151${23_400_000 + i}`, { table: 'factors', column: 'sealed', row: id });
      const row = { kind: `KIND_${i}`, slot: 'PRIMARY', used_step: null, created_at: 0 };
      await insert(database.sql, 'factors', { id, user_id: userId, sealed, ...row });
    }
  });
}

/** How many values each key holds: `{ 'factors old': 3 }`. */
export async function holdings(database: Database): Promise<Record<string, number>> {
  const counts = await sealedValues(database).countByKey();
  return Object.fromEntries(counts.map(({ table, keyId, total }) => [`${table} ${keyId}`, total]));
}

export interface RememberingTerminal extends Terminal {
  readonly lines: string[];
}

export function rememberingTerminal(): RememberingTerminal {
  const lines: string[] = [];
  const remember = (line: string) => void lines.push(line);
  return { lines, print: remember, note: remember, write: (part) => Promise.resolve(remember(part)) };
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `main.ts` or `cli.ts` as a process of its own, on this database and with these keys. */
export function startProgram(
  program: 'main' | 'cli',
  given: { readonly url: string; readonly keys: readonly MasterKey[] },
  ...words: string[]
) {
  const folder = new URL('../../', import.meta.url);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=source', `src/${program}.ts`, ...words],
    {
      cwd: fileURLToPath(folder),
      env: {
        PATH: process.env['PATH'],
        TSX_TSCONFIG_PATH: fileURLToPath(new URL('tsconfig.json', folder)),
        DATABASE_URL: given.url,
        ENCRYPTION_KEYS: encryptionKeys(given.keys),
        DEMO_SEED: 'off',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A start that should have been refused would serve on without end.
      timeout: 30_000,
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return {
    ended,
    kill: () => void child.kill('SIGKILL'),
    /** Resolves once standard error holds this text; rejects where the process ends before. */
    said: (text: string) =>
      new Promise<void>((resolve, reject) => {
        const look = () => stderr.includes(text) && resolve();
        child.stderr.on('data', look);
        ended.then(
          (end) => reject(new Error(`It ended before it said "${text}": ${JSON.stringify(end)}`)),
          reject,
        );
        look();
      }),
  };
}
