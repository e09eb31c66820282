import {
  AuditEventsDocument,
  ChangePasswordDocument,
  DisableTwoFactorDocument,
  EndUserSessionsDocument,
  PolicyDocument,
  RemoveTrustedBrowserDocument,
  RemoveTrustedBrowsersDocument,
  SignInDocument,
  SignOutDocument,
  TwoFactorSettingsDocument,
  UpdatePolicyDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { DAY, MINUTE, SECOND } from '@twofold/core/ports';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import { atOnce, ended, iso, tally } from '../harness/scene.js';
import type { AppPerson } from './devices-scene.js';
import {
  arrive,
  CHROME,
  NamedBrowser,
  provedIn,
  TRUST,
  trustedBrowserOf,
  trustedOf,
} from './devices-scene.js';
import type { TrustScene } from './trust-scene.js';
import { openTrustScene, trustOf } from './trust-scene.js';

const NEW_PASSWORD = 'violet umbrella tango 71';

describe.each(databases)('trusted browsers, on $name with two nodes', ({ open }) => {
  let scene: TrustScene;
  beforeAll(async () => {
    scene = await openTrustScene(open);
  });
  afterAll(() => scene.close());
  const confirmed = async ({ owner }: AppPerson) => {
    await owner.confirmPassword();
    return owner;
  };

  it('the challenge says for how many days, where the organisation allows it and cookies are kept', async () => {
    const { email } = await scene.appUser();
    const days = async (transport: 'COOKIE' | 'BEARER') => {
      const input = { email, password: PASSWORD, transport };
      const { signIn } = await scene.newBrowser().run(SignInDocument, { input });
      return signIn.__typename === 'TwoFactorChallenge' && signIn.trustBrowserDays;
    };
    expect(await days('COOKIE')).toBe(30);
    expect(await days('BEARER')).toBeNull();
    await scene.setPolicy(false);
    expect(await days('COOKIE')).toBeNull();
    await scene.setPolicy(true);
  });

  it('the second step is skipped, on any node, and nothing else: the password is still needed', async () => {
    const { browser, email } = await scene.trusted();
    expect(await arrive(browser, email, 'not the password')).toBe('INVALID_CREDENTIALS');
    expect(await arrive(browser, email)).toBe('SignedIn');
    expect(await ended(browser, TwoFactorSettingsDocument, {})).toBe('REAUTHENTICATION_REQUIRED');
    await browser.run(SignOutDocument);
    const elsewhere = new NamedBrowser(scene.second.url, undefined, browser.cookies);
    expect(await arrive(elsewhere, email)).toBe('SignedIn');
    expect(await arrive(scene.newBrowser(), email)).toBe('TwoFactorChallenge');
  });

  it('nobody is trusted who did not ask for it', async () => {
    const person = await scene.appUser();
    const browser = scene.newBrowser();
    await provedIn(scene, browser, person, false);
    expect(browser.cookies.has(TRUST)).toBe(false);
    expect(await arrive(browser, person.email)).toBe('TwoFactorChallenge');
  });

  it('a locked account stays locked for it', async () => {
    const { browser, email } = await scene.trusted();
    for (let i = 0; i < 10; i++) await arrive(browser, email, 'not the password');
    expect(await arrive(browser, email)).toBe('TOO_MANY_ATTEMPTS');
  });

  it('the cookie is out of reach for scripts, and no answer holds its token', async () => {
    const person = await scene.appUser();
    const browser = scene.newBrowser();
    const { challengeToken } = await provedThen(browser, person);
    const input = { challengeToken, code: person.app.code(), trustBrowser: true };
    const answer = await browser.send(print(VerifyTwoFactorCodeDocument), { input });
    const line = answer.headers.getSetCookie().find((cookie) => cookie.startsWith(TRUST)) ?? '';
    expect(line).toMatch(/; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax/);
    expect(answer.text).not.toContain(trustOf(browser).split('.')[1]);
    const [row] = await scene.rowsOf(person);
    expect(JSON.stringify(row)).not.toContain(trustOf(browser).split('.')[1]);
  });

  async function provedThen(browser: NamedBrowser, { email }: AppPerson) {
    const { signIn } = await browser.run(SignInDocument, { input: { email, password: PASSWORD } });
    if (signIn.__typename !== 'TwoFactorChallenge') throw new Error(signIn.__typename);
    return signIn;
  }

  it('it is listed with device, address and times; the one in hand is marked; and the sign-in is written down as such', async () => {
    const person = await scene.appUser();
    const at = scene.now();
    const browser = await trustedBrowserOf(scene, person);
    await trustedBrowserOf(scene, person, scene.newBrowser(CHROME));
    await arrive(browser, person.email);
    expect(await trustedOf(browser)).toMatchObject([
      {
        browser: 'Firefox',
        system: 'Linux',
        address: '127.0.0.1',
        createdAt: iso(at),
        lastUsedAt: iso(scene.now()),
        expiresAt: iso(at + 30 * DAY),
        isCurrent: true,
      },
      { browser: 'Chrome', system: 'Windows', isCurrent: false },
    ]);
    const { auditEvents } = await browser.run(AuditEventsDocument, { first: 2 });
    expect(auditEvents.nodes.map(({ action, outcome }) => `${action} ${outcome}`).sort()).toEqual([
      'SIGN_IN DONE',
      'USE_TRUSTED_BROWSER DONE',
    ]);
  });

  it('after 30 days the code is asked for again, whatever was used meanwhile', async () => {
    const { browser, email } = await scene.trusted();
    scene.service.clock.advance(29 * DAY);
    expect(await arrive(browser, email)).toBe('SignedIn');
    scene.service.clock.advance(DAY);
    expect(await arrive(browser, email)).toBe('TwoFactorChallenge');
  });

  it('one is removed, or all, and sessions in them live on', async () => {
    const person = await scene.appUser();
    const [one, two] = [
      await trustedBrowserOf(scene, person),
      await trustedBrowserOf(scene, person, scene.newBrowser(CHROME)),
    ];
    await arrive(one, person.email);
    const [{ id } = { id: '' }] = (await trustedOf(one)).filter(({ isCurrent }) => !isCurrent);
    expect(await ended(one, RemoveTrustedBrowserDocument, { input: { trustedBrowserId: id } })).toBe(
      'TrustedBrowsersRemoved',
    );
    expect(await arrive(two, person.email)).toBe('TwoFactorChallenge');
    const { removeTrustedBrowsers } = await one.run(RemoveTrustedBrowsersDocument);
    expect(removeTrustedBrowsers).toEqual({ __typename: 'TrustedBrowsersRemoved', removed: 1 });
    expect(await trustedOf(one)).toEqual([]);
    await one.run(SignOutDocument);
    expect(await arrive(one, person.email)).toBe('TwoFactorChallenge');
  });

  it('an eleventh makes the one go that was used longest ago', async () => {
    const person = await scene.appUser();
    const first = await trustedBrowserOf(scene, person);
    const second = await trustedBrowserOf(scene, person);
    for (let i = 0; i < 9; i++) await trustedBrowserOf(scene, person);
    expect(await scene.rowsOf(person)).toHaveLength(10);
    expect(await arrive(first, person.email)).toBe('TwoFactorChallenge');
    expect(await arrive(second, person.email)).toBe('SignedIn');
  });

  it('several accounts are trusted in one browser, each for itself', async () => {
    const [mia, noah] = [await scene.appUser(), await scene.appUser()];
    const browser = await trustedBrowserOf(scene, mia);
    await trustedBrowserOf(scene, noah, browser);
    for (const { email } of [mia, noah]) {
      expect(await arrive(browser, email)).toBe('SignedIn');
      await browser.run(SignOutDocument);
    }
  });

  it('50 sign-ins at once on two nodes all get in, and the browser is trusted after them', async () => {
    const { browser, email } = await scene.trusted();
    const ends = await atOnce(50, async (i) =>
      arrive(new NamedBrowser(scene.nodeOf(i).url, undefined, new Map(browser.cookies)), email),
    );
    expect(tally(ends)).toEqual({ SignedIn: 50 });
    const several = await atOnce(4, (i) => {
      const tab = new NamedBrowser(scene.nodeOf(i).url, undefined, new Map(browser.cookies));
      return arrive(tab, email).then(() => trustOf(tab));
    });
    expect(new Set(several).size).toBe(1);
    scene.service.clock.advance(2 * MINUTE);
    browser.cookies.set(TRUST, several[0] ?? '');
    expect(await arrive(browser, email)).toBe('SignedIn');
  });

  it('an answer that was lost does no harm where it is asked again within a minute', async () => {
    const { browser, email } = await scene.trusted();
    const lost = browser.copy();
    expect(await arrive(lost, email)).toBe('SignedIn');
    scene.service.clock.advance(59 * SECOND);
    expect(await arrive(browser, email)).toBe('SignedIn');
    expect(trustOf(browser)).toBe(trustOf(lost));
  });

  describe('it is gone', () => {
    const gone: Record<string, (person: AppPerson & { browser: NamedBrowser }) => Promise<string>> = {
      async 'with a changed password'({ owner }) {
        const input = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
        await owner.run(ChangePasswordDocument, { input });
        return NEW_PASSWORD;
      },
      async 'with two-factor switched off and on again'({ owner }) {
        await owner.run(DisableTwoFactorDocument, { input: { password: PASSWORD } });
        await owner.enableApp(scene.now);
        return PASSWORD;
      },
      async 'with another method'(person) {
        const owner = await confirmed(person);
        await owner.enableTexts(scene.newPhone(), () => scene.service.outbox.lastCode());
        return PASSWORD;
      },
      async 'with the recovery code, and two-factor set up anew'({ email, recoveryCode }) {
        const client = scene.service.client();
        const { challengeToken } = await client.challenge(email);
        const { verifyRecoveryCode } = await client.run(VerifyRecoveryCodeDocument, {
          input: { challengeToken, recoveryCode },
        });
        if (verifyRecoveryCode.__typename !== 'SignedIn') throw new Error('There is no session.');
        client.token = verifyRecoveryCode.sessionToken ?? null;
        await client.enableApp(scene.now);
        return PASSWORD;
      },
      async 'when an administrator signs the user out everywhere'({ id }) {
        const { email } = await scene.signage.user({ role: 'OWNER' });
        const administrator = await scene.service.signedIn(email);
        await administrator.confirmPassword();
        await administrator.run(EndUserSessionsDocument, { input: { userId: id } });
        return PASSWORD;
      },
    };

    it.each(Object.keys(gone))('%s', async (how) => {
      const person = await scene.trusted();
      const password = await gone[how]!(person);
      expect(await scene.rowsOf(person)).toEqual([]);
      expect(await arrive(person.browser, person.email, password)).toBe('TwoFactorChallenge');
    });

    it('also where only the moment of the password or of two-factor tells', async () => {
      const { sql } = scene.database.database;
      for (const statement of [
        'UPDATE users SET password_set_at = ? WHERE id = ?',
        'UPDATE two_factors SET enabled_at = ? WHERE user_id = ?',
      ]) {
        const { browser, email, id, owner } = await scene.trusted();
        const trust = await sql.all('SELECT id FROM trusted_browsers WHERE user_id = ?', [id]);
        expect(trust).toHaveLength(1);
        await sql.run(statement, [scene.now(), id]);
        // Proved again since, so that the browser is known and the trust alone is older.
        provedAgain(browser, id);
        expect(await arrive(browser, email)).toBe('TwoFactorChallenge');
        expect((await owner.send('{ trustedBrowsers { id } }')).data).toEqual({ trustedBrowsers: [] });
      }
    });

    function provedAgain(browser: NamedBrowser, id: string) {
      const { digest } = scene.service.service.deps;
      const known = browser.cookies.get('twofold_browser')?.split('.')[0] ?? '';
      const said = `${known}.${String(scene.now())}`;
      browser.cookies.set('twofold_browser', `${said}.${digest.keyed(said, `known-browser:${id}`)}`);
    }

    it('while the organisation allows it no more, at the next sign-in and in the list', async () => {
      const { browser, email, owner } = await scene.trusted();
      await scene.setPolicy(false);
      expect(await arrive(browser, email)).toBe('TwoFactorChallenge');
      expect((await owner.send('{ trustedBrowsers { id } }')).data).toEqual({ trustedBrowsers: [] });
      await scene.setPolicy(true);
    });

    it('for good, where an administrator saves that it is allowed no more', async () => {
      const person = await scene.trusted();
      const { email } = await scene.signage.user({ role: 'OWNER' });
      const owner = await scene.service.signedIn(email);
      await owner.confirmPassword();
      const save = async (trustedBrowsersAllowed: boolean) => {
        const { viewerCanUpdate: _, ...policy } = (await owner.run(PolicyDocument)).policy;
        const input = { ...policy, trustedBrowsersAllowed };
        expect(await ended(owner, UpdatePolicyDocument, { input })).toBe('PolicyUpdated');
      };
      await save(false);
      await save(true);
      expect(await scene.rowsOf(person)).toEqual([]);
      expect(await arrive(person.browser, person.email)).toBe('TwoFactorChallenge');
    });

    it('and a deactivated user does not get in by it', async () => {
      const { browser, email, id } = await scene.trusted();
      await scene.database.database.sql.run('UPDATE users SET disabled_at = ? WHERE id = ?', [
        scene.now(),
        id,
      ]);
      expect(await arrive(browser, email)).toBe('INVALID_CREDENTIALS');
    });
  });

  it('it is not given where the organisation came to forbid it during the sign-in', async () => {
    const person = await scene.appUser();
    const browser = scene.newBrowser();
    const { challengeToken } = await provedThen(browser, person);
    await scene.setPolicy(false);
    const input = { challengeToken, code: person.app.code(), trustBrowser: true };
    expect(await ended(browser, VerifyTwoFactorCodeDocument, { input })).toBe('SignedIn');
    expect(browser.cookies.has(TRUST)).toBe(false);
    expect(await scene.rowsOf(person)).toEqual([]);
    await scene.setPolicy(true);
  });
});
