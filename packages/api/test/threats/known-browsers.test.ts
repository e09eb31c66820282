import {
  ChangePasswordDocument,
  ConfirmPasswordDocument,
  SignInDocument,
  SignOutDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { DAY, MINUTE, SECOND } from '@twofold/core/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { Browser } from '../harness/browser.js';
import type { App, Client } from '../harness/client.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';
import { PASSWORD } from '../harness/password.js';
import { atOnce, ended, iso, resultOf, tally, wrongFor } from '../harness/scene.js';
import type { TwoNodes } from '../harness/two-nodes.js';
import { openTwoNodes } from '../harness/two-nodes.js';

const WRONG = 'not the password';
const COOKIE = 'twofold_browser';

describe.each(databases)('threat: guessing locks the owner out, on $name with two nodes', ({ open }) => {
  let scene: TwoNodes;
  beforeAll(async () => {
    scene = await openTwoNodes(open);
  });
  afterAll(() => scene.close());

  const newBrowser = () => new Browser(scene.service.url);
  const nodeOf = (index: number) => scene.nodeOf(index);
  const signIn = (client: Client, email: string, password = PASSWORD) =>
    ended(client, SignInDocument, { input: { email, password } });
  const challengeIn = async (client: Client, email: string) => {
    const { signIn } = await client.run(SignInDocument, { input: { email, password: PASSWORD } });
    if (signIn.__typename !== 'TwoFactorChallenge') throw new Error(signIn.__typename);
    return signIn.challengeToken;
  };
  const verify = (client: Client, challengeToken: string, code: string) =>
    ended(client, VerifyTwoFactorCodeDocument, { input: { challengeToken, code } });

  async function guessPasswords(email: string): Promise<void> {
    for (let i = 0; i < 10; i++) {
      expect(await signIn(nodeOf(i).client(), email, WRONG)).toBe('INVALID_CREDENTIALS');
    }
    expect(await signIn(scene.service.client(), email)).toBe('TOO_MANY_ATTEMPTS');
  }

  async function guessCodes(email: string, app: App): Promise<void> {
    const stranger = scene.service.client();
    const challenge = await challengeIn(stranger, email);
    for (let i = 0; i < 10; i++)
      expect(await verify(stranger, challenge, wrongFor(app))).toBe('INVALID_CODE');
    expect(await verify(stranger, challenge, app.code())).toBe('TOO_MANY_ATTEMPTS');
  }

  /** An app user, and the browser in which both factors were proved. */
  async function appUserIn(browser: Browser) {
    const person = await scene.appUser();
    const challenge = await challengeIn(browser, person.email);
    expect(await verify(browser, challenge, person.app.code())).toBe('SignedIn');
    scene.service.clock.advance(30 * SECOND);
    return person;
  }

  it('a stranger’s wrong passwords do not bind the browser that has signed in before', async () => {
    const { email } = await scene.signage.user();
    const owned = newBrowser();
    expect(await signIn(owned, email)).toBe('SignedIn');
    await guessPasswords(email);
    expect(await ended(owned, ConfirmPasswordDocument, { input: { password: PASSWORD } })).toBe(
      'PasswordConfirmed',
    );
    await owned.run(SignOutDocument);
    expect(await signIn(owned.at(scene.second.url), email)).toBe('SignedIn');
    expect(await signIn(newBrowser(), email)).toBe('TOO_MANY_ATTEMPTS');
  });

  it('nor do wrong codes and recovery codes of one who knows the password', async () => {
    const owned = newBrowser();
    const { email, app, recoveryCode } = await appUserIn(owned);
    const { recoveryCode: foreign } = await scene.appUser();
    await guessCodes(email, app);
    const stranger = scene.service.client();
    const challengeToken = await challengeIn(stranger, email);
    const recover = (client: Client, challenge: string, code: string) =>
      ended(client, VerifyRecoveryCodeDocument, { input: { challengeToken: challenge, recoveryCode: code } });
    for (let i = 0; i < 10; i++) await recover(stranger, challengeToken, foreign);
    expect(await recover(stranger, challengeToken, recoveryCode)).toBe('TOO_MANY_ATTEMPTS');

    expect(await verify(owned, await challengeIn(owned, email), app.code())).toBe('SignedIn');
    expect(await recover(owned, await challengeIn(owned, email), recoveryCode)).toBe('SignedIn');
  });

  it('the browser has ten of its own: 100 at once on two nodes, and ten are compared', async () => {
    const owned = newBrowser();
    const { email, app } = await appUserIn(owned);
    const other = newBrowser();
    const challenges = await atOnce(4, (i) => challengeIn(owned.at(nodeOf(i).url), email));
    const codes = await atOnce(100, (i) =>
      verify(owned.at(nodeOf(i).url), challenges[i % 4] ?? '', wrongFor(app)),
    );
    expect(tally(codes)).toEqual({ INVALID_CODE: 10, TOO_MANY_ATTEMPTS: 90 });
    expect(await verify(other, await challengeIn(other, email), wrongFor(app))).toBe('INVALID_CODE');

    const passwords = await atOnce(100, (i) => signIn(owned.at(nodeOf(i).url), email, WRONG));
    expect(tally(passwords)).toEqual({ INVALID_CREDENTIALS: 10, TOO_MANY_ATTEMPTS: 90 });
    expect(await signIn(other, email, WRONG)).toBe('INVALID_CREDENTIALS');
  });

  it('its count is not reset by signing out, a new session or dropping the session cookie', async () => {
    const owned = newBrowser();
    const { email } = await scene.signage.user();
    await signIn(owned, email);
    for (let i = 0; i < 5; i++) await signIn(owned, email, WRONG);
    for (let i = 0; i < 3; i++) {
      expect(await ended(owned, ConfirmPasswordDocument, { input: { password: WRONG } })).toBe(
        'INVALID_CREDENTIALS',
      );
    }
    await owned.run(SignOutDocument);
    for (let i = 0; i < 2; i++) expect(await signIn(owned, email, WRONG)).toBe('INVALID_CREDENTIALS');
    expect(await signIn(owned, email)).toBe('TOO_MANY_ATTEMPTS');
  });

  it('a locked browser is answered as a locked stranger is, right or wrong', async () => {
    const { email } = await scene.signage.user();
    const owned = newBrowser();
    await signIn(owned, email);
    await atOnce(10, () => signIn(owned, email, WRONG));
    await guessPasswords(email);
    const answer = (client: Client, password: string) =>
      resultOf(client, SignInDocument, { input: { email, password } });
    const expected = await answer(newBrowser(), PASSWORD);
    expect(expected).toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
      retryAt: iso(scene.now() + 15 * MINUTE),
    });
    for (const password of [PASSWORD, WRONG]) expect(await answer(owned, password)).toEqual(expected);
  });

  it('threat: a token of another account, an altered one, and one without a sign-in buy nothing', async () => {
    const { email } = await scene.signage.user();
    const mine = newBrowser();
    await signIn(mine, (await scene.signage.user()).email);
    const stolen = mine.cookies.get(COOKIE) ?? '';
    await guessPasswords(email);
    const altered = `${stolen.slice(0, -1)}${stolen.endsWith('A') ? 'B' : 'A'}`;
    for (const planted of [stolen, altered, '', '~~~~', 'a.b.c', `${'x'.repeat(4_000)}`, '%00', '../..']) {
      const browser = new Browser(scene.service.url, new Map([[COOKIE, planted]]));
      expect([planted, await signIn(browser, email)]).toEqual([planted, 'TOO_MANY_ATTEMPTS']);
    }
    expect(await signIn(new Browser(scene.service.url, new Map([[COOKIE, altered]])), email)).toBe(
      'TOO_MANY_ATTEMPTS',
    );
  });

  it('threat: browsers collected by the password alone have no guesses at codes of their own', async () => {
    const { email } = await scene.signage.user();
    const insider = await atOnce(3, async () => {
      const browser = newBrowser();
      expect(await signIn(browser, email)).toBe('SignedIn');
      return browser;
    });
    scene.service.clock.advance(SECOND);
    const owned = newBrowser();
    await signIn(owned, email);
    const { app } = await owned.enableApp(() => scene.now());
    scene.service.clock.advance(30 * SECOND);
    await guessCodes(email, app);
    for (const browser of insider) {
      const challenge = await challengeIn(browser, email);
      expect(await verify(browser, challenge, app.code())).toBe('TOO_MANY_ATTEMPTS');
    }
    // The browser in which it was switched on has proved the app.
    expect(await verify(owned, await challengeIn(owned, email), app.code())).toBe('SignedIn');
  });

  it('a new password makes every browser a stranger’s but the one that set it', async () => {
    const { email } = await scene.signage.user();
    const thief = newBrowser();
    const owned = newBrowser();
    await signIn(thief, email);
    await signIn(owned, email);
    scene.service.clock.advance(SECOND);
    const newPassword = 'seven quiet otters on a raft';
    const input = { currentPassword: PASSWORD, newPassword };
    expect(await ended(owned, ChangePasswordDocument, { input })).toBe('PasswordChanged');
    await guessPasswords(email);
    expect(await signIn(thief, email, newPassword)).toBe('TOO_MANY_ATTEMPTS');
    expect(await signIn(owned, email, newPassword)).toBe('SignedIn');
  });

  it('is forgotten 180 days after the last sign-in there', async () => {
    const { email } = await scene.signage.user();
    const owned = newBrowser();
    await signIn(owned, email);
    scene.service.clock.advance(180 * DAY - 1);
    await guessPasswords(email);
    expect(await signIn(owned, email)).toBe('SignedIn');
    scene.service.clock.advance(180 * DAY);
    await guessPasswords(email);
    expect(await signIn(owned, email)).toBe('TOO_MANY_ATTEMPTS');
  });

  it('a shared browser is known to the last four accounts', async () => {
    const shared = newBrowser();
    const emails = await Promise.all([1, 2, 3, 4, 5].map(async () => (await scene.signage.user()).email));
    for (const email of emails) await signIn(shared, email);
    for (const email of [emails[1], emails[1]]) await signIn(shared, email ?? '');
    const [forgotten = '', ...known] = emails;
    for (const email of emails) await guessPasswords(email);
    expect(await signIn(shared, forgotten)).toBe('TOO_MANY_ATTEMPTS');
    for (const email of known) expect(await signIn(shared, email)).toBe('SignedIn');
  });

  it('the cookie is HttpOnly and SameSite=Lax, over https Secure with __Host-, and names no account', async () => {
    const user = await scene.signage.user();
    const config = { publicUrl: 'https://dashboard.example' };
    const secure = await openService(scene.database, { sharing: scene.service, config });
    const setBy = async (service: TestService) => {
      const answer = await service
        .client()
        .send(
          `mutation { signIn(input: { email: "${user.email}", password: "${PASSWORD}" }) { __typename } }`,
        );
      return answer.headers.getSetCookie();
    };
    const [session = '', browser = ''] = await setBy(scene.service);
    expect(session).toMatch(/^twofold_session=/);
    expect(browser).toMatch(/^twofold_browser=[^;]+; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await setBy(secure))[1]).toMatch(
      /^__Host-twofold_browser=[^;]+;.*; HttpOnly; Secure; SameSite=Lax$/,
    );
    for (const secret of [user.id, user.email, user.name]) expect(browser).not.toContain(secret);
    await secure.close();
  });

  it('a bearer token has none: its failures count with the strangers’', async () => {
    const { email } = await scene.signage.user();
    const program = await scene.service.signedIn(email);
    for (let i = 0; i < 5; i++) await signIn(scene.service.client(), email, WRONG);
    for (let i = 0; i < 5; i++) await program.confirmPassword(WRONG);
    expect(await signIn(scene.service.client(), email)).toBe('TOO_MANY_ATTEMPTS');
    expect((await program.confirmPassword()).__typename).toBe('Problem');
  });

  it('a request that carries a bearer token is not judged by the cookies beside it', async () => {
    const { email } = await scene.signage.user();
    const browser = newBrowser();
    expect(await signIn(browser, email)).toBe('SignedIn');
    await guessPasswords(email);
    browser.token = (await scene.plainUser()).owner.token;
    expect(await signIn(browser, email)).toBe('TOO_MANY_ATTEMPTS');
    browser.token = null;
    expect(await signIn(browser, email)).toBe('SignedIn');
  });
});
