import {
  RemoveTrustedBrowserDocument,
  SignInDocument,
  SignOutDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { SECOND } from '@twofold/core/ports';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import { atOnce, ended, resultOf } from '../harness/scene.js';
import { arrive, NamedBrowser, TRUST, trustedBrowserOf } from './devices-scene.js';
import type { TrustScene } from './trust-scene.js';
import { openTrustScene, trustOf } from './trust-scene.js';

describe.each(databases)('threats to trusted browsers, on $name with two nodes', ({ open }) => {
  let scene: TrustScene;
  beforeAll(async () => {
    scene = await openTrustScene(open);
  });
  afterAll(() => scene.close());
  const mailsTo = (email: string) => scene.service.outbox.mails.filter(({ to }) => to === email);

  it('threat: an old copy of the cookie, also with the right password, skips nothing, ends the trust and is mailed', async () => {
    const person = await scene.trusted();
    const { browser, email } = person;
    const thief = browser.copy();
    expect(await arrive(browser, email)).toBe('SignedIn');
    await browser.run(SignOutDocument);
    scene.service.clock.advance(61 * SECOND);
    expect(await arrive(thief, email)).toBe('TwoFactorChallenge');
    expect(await scene.rowsOf(person)).toEqual([]);
    expect(await arrive(browser, email)).toBe('TwoFactorChallenge');
    const mail = mailsTo(email).at(-1);
    expect(mail?.subject).toBe('A trusted browser was removed');
    expect(mail?.text).toMatch(/Where: Chrome on Windows, from 127\.0\.0\.1/);
    expect(mail?.text).toContain(`/users/${person.id}/devices`);
  });

  it('threat: the thief comes first: the owner’s next sign-in ends the trust of both', async () => {
    const { browser, email } = await scene.trusted();
    const thief = browser.copy();
    expect(await arrive(thief, email)).toBe('SignedIn');
    scene.service.clock.advance(61 * SECOND);
    expect(await arrive(browser, email)).toBe('TwoFactorChallenge');
    await thief.run(SignOutDocument);
    expect(await arrive(thief, email)).toBe('TwoFactorChallenge');
  });

  it('threat: forged, altered and empty tokens skip nothing', async () => {
    const foreign = trustOf((await scene.trusted()).browser).split('.')[1] ?? '';
    const forgeries: ((token: string, id: string) => string)[] = [
      () => '',
      () => '~~~~',
      (token) => `${token}x`,
      (token) => token.toUpperCase(),
      (_, id) => `${id}.`,
      (_, id) => `${id}.${foreign}`,
    ];
    for (const forge of forgeries) {
      const { browser, email } = await scene.trusted();
      const forged = forge(trustOf(browser), trustOf(browser).split('.')[0] ?? '');
      browser.cookies.set(TRUST, forged);
      expect([forged, await arrive(browser, email)]).toEqual([forged, 'TwoFactorChallenge']);
    }
  });

  it('threat: the cookie of one account skips nothing for another, nor without the browser’s own', async () => {
    const [mia, noah] = [await scene.trusted(), await scene.trusted()];
    const mixed = noah.browser.copy();
    mixed.cookies.set(TRUST, trustOf(mia.browser));
    expect(await arrive(mixed, noah.email)).toBe('TwoFactorChallenge');
    const bare = mia.browser.copy();
    bare.cookies.delete('twofold_browser');
    expect(await arrive(bare, mia.email)).toBe('TwoFactorChallenge');
    expect(await arrive(mia.browser, mia.email)).toBe('SignedIn');
  });

  it('threat: a token that was planted before is not the one that the browser is trusted by', async () => {
    const [mia, eve] = [await scene.appUser(), await scene.trusted()];
    const browser = scene.newBrowser();
    for (const [name, value] of eve.browser.cookies) browser.cookies.set(name, value);
    await trustedBrowserOf(scene, mia, browser);
    expect(await arrive(eve.browser, mia.email)).toBe('TwoFactorChallenge');
    expect(await arrive(browser, mia.email)).toBe('SignedIn');
  });

  it('threat: a program with a bearer token is not trusted, nor does it skip anything by a cookie', async () => {
    const person = await scene.appUser();
    const client = scene.service.client();
    const { challengeToken } = await client.challenge(person.email);
    const input = { challengeToken, code: person.app.code(), trustBrowser: true };
    expect(await ended(client, VerifyTwoFactorCodeDocument, { input })).toBe('SignedIn');
    expect(await scene.rowsOf(person)).toEqual([]);

    const { browser, email } = await scene.trusted();
    const byBearer = { input: { email, password: PASSWORD, transport: 'BEARER' as const } };
    expect((await resultOf(browser, SignInDocument, byBearer)).__typename).toBe('TwoFactorChallenge');
  });

  it('threat: another’s trusted browser cannot be removed, and is answered as one that never was', async () => {
    const mia = await scene.trusted();
    const [row] = await scene.rowsOf(mia);
    const noah = await scene.appUser();
    const remove = (trustedBrowserId: unknown) =>
      noah.owner.send(print(RemoveTrustedBrowserDocument), { input: { trustedBrowserId } });
    const [foreign, none] = [await remove(row?.['id']), await remove('none')];
    expect(foreign.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(foreign.errors?.[0]?.message).toBe(none.errors?.[0]?.message);
    expect(await arrive(mia.browser, mia.email)).toBe('SignedIn');
  });

  it('threat: trust that is removed while a sign-in by it is under way leaves no session behind', async () => {
    const outcomes = [];
    for (let i = 0; i < 5; i++) {
      const { browser, email, id, recoveryCode } = await scene.trusted();
      const client = scene.service.client();
      const { challengeToken } = await client.challenge(email);
      const input = { challengeToken, recoveryCode };
      await atOnce(4, (n) =>
        n === 1
          ? ended(client, VerifyRecoveryCodeDocument, { input })
          : arrive(new NamedBrowser(scene.nodeOf(n).url, undefined, new Map(browser.cookies)), email),
      );
      const trustedSignIns = await scene.database.database.sql.all(
        `SELECT s.id FROM sessions s JOIN audit_events e ON e.session_id = s.id
         WHERE s.user_id = ? AND e.action = 'USE_TRUSTED_BROWSER'`,
        [id],
      );
      outcomes.push(trustedSignIns.length);
    }
    expect(outcomes).toEqual([0, 0, 0, 0, 0]);
  });
});
