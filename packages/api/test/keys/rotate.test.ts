import { setTimeout as sleep } from 'node:timers/promises';
import {
  EnableTwoFactorDocument,
  StartTwoFactorDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { App } from '../harness/client.js';
import { openService } from '../harness/open-service.js';
import type { Scene } from '../harness/scene.js';
import { ended, openScene } from '../harness/scene.js';
import { fillFactors, holdings, newMasterKey, startProgram } from './keys-scene.js';

const ROWS = 450;

describe.each(databases)('keys rotate, on $name', ({ open }) => {
  const old = newMasterKey('old');
  const fresh = newMasterKey('fresh');
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open, { config: { encryptionKeys: [old] } });
    await fillFactors(scene.database.database, old, ROWS);
  });
  afterAll(() => scene.close());

  const rotate = (keys = [fresh, old], ...words: string[]) =>
    startProgram('cli', { url: scene.database.url, keys }, 'keys', 'rotate', ...words);
  const held = () => holdings(scene.database.database);
  const serving = (...keys: (typeof old)[]) =>
    openService(scene.database, { config: { encryptionKeys: keys }, sharing: scene.service });

  it('threat: a key that no server has: nothing is sealed under it', async () => {
    const { code, stderr } = await rotate().ended;
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('No server has started with the key "fresh" yet'),
    ]);
    expect(await held()).toEqual({ 'factors old': ROWS });
  });

  it('goes on where it was killed, while the API serves sign-ins and set-ups, and loses nothing', async () => {
    const byApp = await scene.appUser();
    const byText = await scene.textUser();
    const node = await serving(fresh, old);
    const before = (await held())['factors old'] ?? 0;

    const first = rotate([fresh, old], '--pause', '400');
    await first.said('factors: 100 of ');
    first.kill();
    expect((await first.ended).signal).toBe('SIGKILL');
    const left = (await held())['factors old'] ?? 0;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(before);

    const second = rotate([fresh, old], '--pause', '100');
    let isOver = false;
    void second.ended.then(() => (isOver = true));
    await second.said('factors: 100 of ');
    let signIns = 0;
    for (let round = 0; !isOver || round < 2; round++) {
      const client = node.client();
      const { challengeToken } = await client.challenge(byApp.email);
      const input = { challengeToken, code: byApp.app.code() };
      expect(await ended(client, VerifyTwoFactorCodeDocument, { input })).toBe('SignedIn');
      const { email } = await scene.signage.user();
      const owner = await node.signedIn(email);
      await owner.enableTexts(scene.newPhone(), () => node.outbox.lastCode());
      scene.service.clock.advance(30_000);
      signIns += 1;
      await sleep(20);
    }
    const { code, stdout } = await second.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^factors: ${left} sealed anew under "fresh", 0 do not open$`, 'm'));
    // Which of the two processes sealed lines of the audit log meanwhile, is chance.
    expect(stdout).toMatch(/^"old" (is not used|seals no value) any more/m);
    expect(await held()).toEqual({ 'factors fresh': before + signIns });
    await node.close();

    const alone = await serving(fresh);
    const { challengeToken } = await alone.client().challenge(byApp.email);
    const input = { challengeToken, code: byApp.app.code() };
    expect(await ended(alone.client(), VerifyTwoFactorCodeDocument, { input })).toBe('SignedIn');
    const text = await alone.client().challenge(byText.email);
    expect(text.phones.map(({ maskedNumber }) => maskedNumber.slice(-2))).toEqual([byText.phone.slice(-2)]);
    expect(scene.service.outbox.texts.at(-1)?.to).toBe(byText.phone);
    await alone.close();
  });

  it('again changes nothing; a key that is gone from the settings is forgotten', async () => {
    const before = await held();
    const again = await rotate().ended;
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('factors: 0 sealed anew')]);
    expect((await rotate([fresh]).ended).stdout).toContain('"old" is forgotten');
    expect(await held()).toEqual(before);
  });

  it('a set-up that is under way outlives it', async () => {
    const { owner } = await scene.plainUser();
    const next = newMasterKey('next');
    const node = await serving(next, fresh);
    // Sealed by the node that does not know the next key yet.
    const { startTwoFactor } = await owner.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error(startTwoFactor.__typename);
    const keys = [next, fresh, old];
    expect((await rotate(keys).ended).stdout).toMatch(/^setups: 1 sealed anew under "next"/m);
    const there = node.client();
    there.token = owner.token;
    const input = { code: new App(startTwoFactor.manualKey, () => scene.now()).code() };
    expect(await ended(there, EnableTwoFactorDocument, { input })).toBe('TwoFactorEnabled');
    await node.close();
    await (await serving(fresh, next)).close();
    expect((await rotate([fresh, next]).ended).code).toBe(0);
  });

  it('threat: a wrong key in the shell of the operator: nothing is sealed under it', async () => {
    const before = await held();
    const { code, stderr } = await rotate([{ ...fresh, key: old.key }]).ended;
    expect([code, stderr]).toEqual([3, expect.stringContaining('"fresh" is not the one')]);
    expect(await held()).toEqual(before);
  });

  it('a value that was altered is named by its place, left as it is, and the end is no success', async () => {
    const { sql } = scene.database.database;
    const [row] = await sql.all<{ id: string }>('SELECT id FROM factors ORDER BY id LIMIT 1');
    const newer = newMasterKey('newer');
    await (await serving(newer, fresh)).close();
    await sql.run("UPDATE factors SET sealed = CONCAT(sealed, 'A') WHERE id = ?", [row?.id ?? '']);
    const { code, stdout, stderr } = await rotate([newer, fresh]).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(`factors.sealed of the row ${row?.id} does not open: it was altered or moved`);
    expect(stdout).toMatch(/^factors: \d+ sealed anew under "newer", 1 do not open$/m);
    expect((await held())['factors fresh']).toBe(1);
  });
});
