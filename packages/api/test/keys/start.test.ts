import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeyRingRefused } from '../../src/adapters/keys/key-ring-check.js';
import type { MasterKey } from '../../src/adapters/keys/key-ring.js';
import { keyCheckStore } from '../../src/store/keys/key-check.store.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { databases } from '../databases/open-test-database.js';
import { openService } from '../harness/open-service.js';
import { fillFactors, holdings, newMasterKey, startProgram } from './keys-scene.js';

const old = newMasterKey('old');
const fresh = newMasterKey('fresh');
const gone = newMasterKey('gone');
const impostor = { ...old, key: newMasterKey('old').key };

describe.each(databases)('the start checks the keys, on $name', ({ open }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
    await fillFactors(database.database, old, 3);
    expect(await start(old)).toBe('started');
  });
  afterAll(() => database.remove());

  /** `started`, or why not. */
  async function start(...keys: MasterKey[]): Promise<string> {
    try {
      const service = await openService(database, { config: { encryptionKeys: keys } });
      await service.close();
      return 'started';
    } catch (error) {
      if (error instanceof KeyRingRefused) return error.message;
      throw error;
    }
  }
  const checks = () => keyCheckStore(database.database);
  const knownIds = async () => (await checks().all()).map(({ keyId }) => keyId);

  it('threat: other bytes under a known id: the process ends with a sentence, and nothing is written', async () => {
    const before = [await checks().all(), await holdings(database.database)];
    const ended = await startProgram('main', { url: database.url, keys: [impostor] }).ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr.trim()).toBe(
      'The encryption key "old" is not the one that this database was written with: only the id is the same. Put the right one back; nothing was changed.',
    );
    expect(ended.stdout).not.toContain('ready');
    expect([await checks().all(), await holdings(database.database)]).toEqual(before);
  });

  it('threat: a key that values are sealed under is missing: the process ends with its id', async () => {
    const ended = await startProgram('main', { url: database.url, keys: [fresh] }).ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^The encryption keys lack "old", and stored phones or app secrets/);
    expect(ended.stderr).not.toMatch(/ at .*\.(ts|js)|base64/);
    expect(await knownIds()).toEqual(['old']);
  });

  it('a wrong key is found behind a right one too', async () => {
    expect(await start(fresh, impostor)).toMatch(/"old" is not the one/);
    expect(await knownIds()).toEqual(['old']);
  });

  it('a new key is remembered, and from then on must be the same', async () => {
    expect(await start(fresh, old)).toBe('started');
    expect(await start(old, fresh)).toBe('started');
    expect(await knownIds()).toEqual(['fresh', 'old']);
    expect(await start({ ...fresh, key: gone.key }, old)).toMatch(/"fresh" is not the one/);
  });

  it('a known key that nothing is sealed under may go', async () => {
    expect(await start(gone, old, fresh)).toBe('started');
    expect(await start(old, fresh)).toBe('started');
  });

  it('several processes that start at once with a new key agree on it', async () => {
    const key = newMasterKey('raced');
    const started = await Promise.all([1, 2, 3].map(() => start(key, old)));
    expect(started).toEqual(['started', 'started', 'started']);
    const other = [newMasterKey('split'), newMasterKey('split')];
    const split = await Promise.all(other.map((one) => start(one, old)));
    expect(split.filter((end) => end === 'started')).toHaveLength(1);
    expect(split.join()).toMatch(/"split" is not the one/);
  });

  it('a database from before there were checks is held against its values', async () => {
    await database.database.sql.run('DELETE FROM key_checks');
    expect(await start(impostor)).toMatch(/"old" is not the one/);
    expect(await start(fresh)).toMatch(/lack "old"/);
    expect(await knownIds()).toEqual([]);
    // One altered value is no reason to refuse the right key.
    const [row] = await database.database.sql.all<{ id: string }>(
      'SELECT id FROM factors ORDER BY id LIMIT 1',
    );
    await database.database.sql.run("UPDATE factors SET sealed = 'old.AAAA' WHERE id = ?", [row?.id ?? '']);
    expect(await start(old)).toBe('started');
    expect(await knownIds()).toEqual(['old']);
  });

  it('threat: a check that was moved to another key does not open', async () => {
    expect(await start(fresh, old)).toBe('started');
    await database.database.sql.run(
      "UPDATE key_checks SET sealed = REPLACE((SELECT sealed FROM (SELECT sealed FROM key_checks WHERE key_id = 'fresh') AS it), 'fresh.', 'old.') WHERE key_id = 'old'",
    );
    expect(await start(fresh, old)).toMatch(/"old" is not the one/);
  });
});
