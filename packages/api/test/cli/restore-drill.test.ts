import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { VerifyTwoFactorCodeDocument } from '@twofold/contract/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/data-source.js';
import { databases } from '../databases/open-test-database.js';
import type { TestService } from '../harness/open-service.js';
import { openService, testKey } from '../harness/open-service.js';
import type { Scene } from '../harness/scene.js';
import { ended, openScene } from '../harness/scene.js';
import { documentOf, runCliProcess, runHere, startCli, temporaryFolder } from './cli-scene.js';
import type { EmptyDatabase } from './empty-database.js';
import { emptyDatabases } from './empty-database.js';

describe.each(databases)('the restore drill, on $name', ({ name, open }) => {
  const folder = temporaryFolder();
  const file = folder.file('monday.twofold');
  let scene: Scene;
  let empty: EmptyDatabase;
  /** Signed in before the backup began, with the sessions that they were given. */
  const acknowledged: { email: string; token: string | null }[] = [];
  let lines = 0;
  let people: {
    byApp: Awaited<ReturnType<Scene['appUser']>>;
    byText: Awaited<ReturnType<Scene['textUser']>>;
  };
  beforeAll(async () => {
    scene = await openScene(open);
    empty = await emptyDatabases.find((kind) => kind.name === name)!.make();
    await runHere(scene.database, 'demo', 'seed', '--users', '600');
    people = { byApp: await scene.appUser(), byText: await scene.textUser() };
  });
  afterAll(async () => {
    await scene.close();
    await empty.remove();
    folder.remove();
  });

  const signIn = async () => {
    const { email, owner } = await scene.plainUser();
    return { email, token: owner.token };
  };

  it('a backup is made while people sign in and set up, and nobody is kept waiting or turned away', async () => {
    for (let i = 0; i < 10; i++) acknowledged.push(await signIn());
    const [counted] = await scene.database.database.sql.all<{ total: number }>(
      'SELECT COUNT(*) AS total FROM audit_events',
    );
    lines = counted?.total ?? 0;
    const backup = startCli({ url: scene.database.url }, 'backup', file, '--json');
    let isOver = false;
    void backup.ended.then(() => (isOver = true));
    let served = 0;
    let slowest = 0;
    for (; !isOver || served === 0; served++) {
      const started = performance.now();
      if (served % 3 === 0) await scene.appUser();
      else await signIn();
      slowest = Math.max(slowest, performance.now() - started);
      await sleep(5);
    }
    const answered = await backup.ended;
    expect(answered).toMatchObject({ code: 0, stderr: expect.stringContaining('keys are not in it') });
    expect(documentOf(answered)).toMatchObject({ file, bytes: statSync(file).size });
    expect(served).toBeGreaterThan(3);
    // A writer that waits for the whole copy would need SQLite's five seconds, or be refused.
    expect(slowest).toBeLessThan(4_000);
  });

  it('the file is for its owner alone, and holds neither key, nor phone, nor app secret', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const content = readFileSync(file, 'latin1');
    expect(content).toContain('Demo Signage');
    for (const secret of [testKey.toString('base64'), testKey.toString('latin1'), people.byText.phone])
      expect(content.includes(secret)).toBe(false);
  });

  it('restored into an empty database, all that was acknowledged before is there and works', async () => {
    const restored = await runCliProcess({ url: empty.url }, 'restore', file);
    expect(restored).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('keys are those of the backup'),
    });
    const verdict = documentOf(await runHere(empty, 'audit', 'verify', '--json'));
    expect(verdict).toMatchObject({ whole: true });

    const database = await openDatabase(empty.url);
    const [counted] = await database.sql.all<{ total: number }>('SELECT COUNT(*) AS total FROM audit_events');
    expect(counted?.total).toBeGreaterThanOrEqual(lines);
    const service = await openService({ ...empty, name, database }, { sharing: scene.service });
    for (const { email, token } of acknowledged) {
      const client = service.client();
      client.token = token;
      expect((await client.send('{ viewer { email } }')).data).toEqual({ viewer: { email } });
    }
    await everyMethodSignsIn(service);
    await service.close();
    await database.close();
    await runHere(empty, 'audit', 'trim', '--older-than', '9999');
    expect(documentOf(await runHere(empty, 'audit', 'verify', '--json'))).toMatchObject({ whole: true });
  });

  async function everyMethodSignsIn(service: TestService): Promise<void> {
    scene.service.clock.advance(60_000);
    const byApp = service.client();
    const first = await byApp.challenge(people.byApp.email);
    const code = people.byApp.app.code();
    const app = { input: { challengeToken: first.challengeToken, code } };
    expect(await ended(byApp, VerifyTwoFactorCodeDocument, app)).toBe('SignedIn');
    const byText = service.client();
    const second = await byText.challenge(people.byText.email);
    expect(scene.service.outbox.texts.at(-1)?.to).toBe(people.byText.phone);
    const text = { input: { challengeToken: second.challengeToken, code: scene.service.outbox.lastCode() } };
    expect(await ended(byText, VerifyTwoFactorCodeDocument, text)).toBe('SignedIn');
  }

  it('a database that holds something is not overwritten by the way, and none that is in use', async () => {
    expect(await runHere(empty, 'restore', file)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('not empty'),
    });
    const database = await openDatabase(empty.url);
    await database.ping();
    const inUse = await runHere(empty, 'restore', file, '--yes');
    expect(inUse).toMatchObject({ code: 3, stderr: expect.stringContaining('is in use') });
    const lastSignIn = 'SELECT email FROM users WHERE email = ? AND last_sign_in_at > ?';
    const moment = [people.byApp.email, scene.now() - 1] as const;
    expect(await database.sql.all(lastSignIn, moment)).toHaveLength(1);
    await database.close();
    expect((await runHere(empty, 'restore', file, '--yes')).code).toBe(0);
    const again = await openDatabase(empty.url);
    expect(await again.sql.all(lastSignIn, moment)).toEqual([]);
    await again.close();
  });

  it('with other keys than the backup it says so', async () => {
    const environment = { ENCRYPTION_KEYS: `other:${Buffer.alloc(32, 7).toString('base64')}` };
    const restored = await runHere({ url: empty.url, environment }, 'restore', file, '--yes', '--json');
    expect(restored).toMatchObject({ code: 0, stderr: expect.stringContaining('keys lack "test"') });
    expect(documentOf(restored)).toMatchObject({ restored: true, keysFit: false });
  });
});
