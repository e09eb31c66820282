import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  SendSignInCodeDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { sealAuditLog } from '@twofold/core/audit/seal-audit-log';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseKeys } from '../../src/adapters/keys/key-file.js';
import type { MasterKey } from '../../src/adapters/keys/key-ring.js';
import { keysCommand } from '../../src/cli/keys/keys-command.js';
import { auditChainStore } from '../../src/store/audit/audit-chain.store.js';
import { databases } from '../databases/open-test-database.js';
import { openService } from '../harness/open-service.js';
import type { Scene } from '../harness/scene.js';
import { ended, openScene } from '../harness/scene.js';
import { encryptionKeys, fillFactors, newMasterKey, rememberingTerminal } from './keys-scene.js';

/** Runs `keys …` in this process. Answers its lines, or the message that it ends with. */
async function runKeys(environment: Record<string, string>, ...words: string[]): Promise<string[]> {
  const terminal = rememberingTerminal();
  try {
    await keysCommand({ environment, root: tmpdir(), terminal }).parseAsync(words, { from: 'user' });
    return terminal.lines;
  } catch (error) {
    return [error instanceof Error ? `${error.name}: ${error.message}` : String(error)];
  }
}

describe.each(databases)('keys list and keys forget, on $name', ({ open }) => {
  const old = newMasterKey('old');
  const fresh = newMasterKey('fresh');
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open, { config: { encryptionKeys: [old] } });
  });
  afterAll(() => scene.close());

  const keys = (configured: MasterKey[], ...words: string[]) =>
    runKeys({ DATABASE_URL: scene.database.url, ENCRYPTION_KEYS: encryptionKeys(configured) }, ...words);

  /** The lines of the audit log get their seals now, not within seconds. */
  const sealAudit = () =>
    sealAuditLog({
      chain: auditChainStore(scene.database.database),
      digest: scene.service.service.deps.digest,
      transaction: scene.database.database.transaction,
    })();

  it('lists configured, known and used keys with what they hold, and never a key', async () => {
    const { database } = scene.database;
    await fillFactors(database, newMasterKey('foreign'), 2);
    await fillFactors(database, old, 12);
    await database.sql.run("UPDATE factors SET sealed = 'nonsense' WHERE kind = 'KIND_11'");
    const lines = await keys([fresh, old], 'list');
    const [head, ...rows] = lines.map((line) => line.split(/ {2,}/));
    expect(head).toEqual(['KEY', 'FACTORS', 'SETUPS', 'AUDIT LINES', 'STATE']);
    expect(rows.sort()).toEqual([
      ['(no key id)', '1', '0', '0', 'altered'],
      ['foreign', '2', '0', '0', 'MISSING'],
      ['fresh', '0', '0', '0', 'no server has started with it yet'],
      ['old', '11', '0', '0', 'older'],
    ]);
    const wrong = await keys([{ ...old, key: fresh.key }], 'list');
    expect(wrong.join('\n')).toMatch(/^old +11 +0 +0 +WRONG/m);
    for (const { key } of [old, fresh]) {
      expect(lines.join('\n')).not.toContain(key.toString('base64').slice(0, 8));
    }
    await database.sql.run("DELETE FROM factors WHERE kind LIKE 'KIND%'");
  });

  it('a key that is configured or used is not forgotten', async () => {
    await scene.textUser();
    expect(await keys([old], 'forget', 'old')).toEqual([expect.stringMatching(/"old" is still among/)]);
    expect(await keys([fresh], 'forget', 'old')).toEqual([
      expect.stringMatching(/^CommandRefused: Values are still sealed under "old"/),
    ]);
    expect(await keys([old], 'forget', 'never')).toEqual([expect.stringMatching(/knows no key "never"/)]);
    await sealAudit();
    expect((await keys([fresh, old], 'list')).join('\n')).toMatch(/^old +1 +0 +[1-9]\d* +older$/m);
  });

  it('a lost key: two-factor stays on, no code gets in, the recovery code does, and all can be set up anew', async () => {
    const people = [await scene.textUser(), await scene.appUser()];
    await expect(openService(scene.database, { config: { encryptionKeys: [fresh] } })).rejects.toThrow(
      'lack "old"',
    );
    await sealAudit();
    const lines = await keys([fresh], 'forget', 'old', '--lost');
    expect(lines).toEqual([
      expect.stringMatching(/^[1-9]\d* lines of the audit log cannot be verified without it$/),
      '3 values that nobody could open any more are deleted',
      '"old" is forgotten',
    ]);
    const node = await openService(scene.database, {
      config: { encryptionKeys: [fresh] },
      sharing: scene.service,
    });
    const texts = scene.service.outbox.texts.length;
    for (const { email, recoveryCode } of people) {
      const client = node.client();
      const { challengeToken, phones } = await client.challenge(email);
      expect(phones).toEqual([]);
      const code = { input: { challengeToken, code: '123456' } };
      expect(await ended(client, VerifyTwoFactorCodeDocument, code)).toBe('INVALID_CODE');
      const send = { input: { challengeToken, slot: 'PRIMARY' as const } };
      expect(await ended(client, SendSignInCodeDocument, send)).toBe('PHONE_NUMBER_INVALID');
      const recovery = { input: { challengeToken, recoveryCode } };
      expect(await ended(client, VerifyRecoveryCodeDocument, recovery)).toBe('SignedIn');
      const owner = await node.signedIn(email);
      await owner.enableApp(() => scene.now());
    }
    expect(scene.service.outbox.texts).toHaveLength(texts);
    await node.close();
  });

  it('a database that is not there, or not of this version, is neither made nor changed', async () => {
    const nowhere = `sqlite:${join(tmpdir(), 'twofold-nowhere.sqlite')}`;
    const environment = { DATABASE_URL: nowhere, ENCRYPTION_KEYS: encryptionKeys([old]) };
    for (const words of [['list'], ['rotate'], ['forget', 'old']])
      expect(await runKeys(environment, ...words)).toEqual([
        expect.stringMatching(/^CommandRefused: There is no database at/),
      ]);
    await scene.database.database.sql.run("DELETE FROM migrations WHERE name LIKE 'KeyChecks%'");
    expect(await keys([old], 'rotate')).toEqual([
      expect.stringMatching(/^CommandRefused: The database has to be migrated/),
    ]);
  });
});

describe('keys new', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'twofold-keys-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    [{ APP_ENV: 'production' }],
    [{ ENCRYPTION_KEYS: encryptionKeys([newMasterKey('old')]) }],
    [{ ENCRYPTION_KEYS_FILE: '/run/secrets/encryption_keys' }],
  ])('prints an entry for ENCRYPTION_KEYS, another one each time: %#', async (environment) => {
    const [first = '', second = ''] = [
      (await runKeys(environment, 'new'))[0],
      (await runKeys(environment, 'new'))[0],
    ];
    const [made] = parseKeys(`${first},${second}`);
    expect(made?.id).toMatch(/^\d{4}-\d{2}-\d{2}-[0-9a-f]{4}$/);
    expect(made?.key).toHaveLength(32);
  });

  it('puts a key in front in the file of a development server, and prints its id alone', async () => {
    const environment = { DATABASE_URL: `sqlite:${join(folder, 'twofold.sqlite')}` };
    const made = [await runKeys(environment, 'new'), await runKeys(environment, 'new')];
    const stored = parseKeys(readFileSync(join(folder, 'encryption.keys'), 'utf8'));
    expect(stored.map(({ id }) => id)).toEqual(made.map(([id]) => id).reverse());
    for (const { key } of stored) expect(made.flat().join('\n')).not.toContain(key.toString('base64'));
  });
});
