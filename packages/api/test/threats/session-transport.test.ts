import { SignInDocument, VerifyTwoFactorCodeDocument, ViewerDocument } from '@twofold/contract/graphql';
import { DAY } from '@twofold/core/ports';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { Browser } from '../harness/browser.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';

describe.each(databases)('cookie and bearer, on $name', ({ open }) => {
  let scene: Scene;
  /** The same service, as it is behind https. */
  let secure: TestService;
  beforeAll(async () => {
    scene = await openScene(open);
    const config = { publicUrl: 'https://dashboard.example' };
    secure = await openService(scene.database, { sharing: scene.service, config });
  });
  afterAll(async () => {
    await secure.close();
    await scene.close();
  });

  /** signIn with a cookie: the cookie as it was set, and as a browser sends it back. */
  async function byCookie(service: TestService, email: string, keepSignedIn = false) {
    const input = { email, password: PASSWORD, keepSignedIn };
    const answer = await service.client().send(print(SignInDocument), { input });
    const setCookie = answer.headers.getSetCookie()[0] ?? '';
    const sent = setCookie.split(';')[0] ?? '';
    return { setCookie, sent, token: sent.split('=')[1] ?? '', text: answer.text };
  }
  const withCookie = (cookie: string, client = scene.service.client()) =>
    client.send<{ viewer: { email: string } | null }>('{ viewer { email } }', undefined, { cookie });

  it('over http: HttpOnly, SameSite=Lax, gone with the browser, and no token in the body', async () => {
    const { email } = await scene.signage.user();
    const { setCookie, sent, token, text } = await byCookie(scene.service, email);
    expect(setCookie).toBe(`twofold_session=${token}; Path=/; HttpOnly; SameSite=Lax`);
    expect(token).toHaveLength(43);
    expect(text).not.toContain(token);
    expect(JSON.parse(text)).toMatchObject({ data: { signIn: { sessionToken: null } } });
    expect((await withCookie(sent)).data?.viewer?.email).toBe(email);
  });

  it('over https: the prefix __Host- and Secure; Max-Age where the user wants to stay signed in', async () => {
    const { email } = await scene.signage.user();
    const { setCookie, sent, token } = await byCookie(secure, email, true);
    const attributes = `Max-Age=${String((30 * DAY) / 1_000)}; Path=/; HttpOnly; Secure; SameSite=Lax`;
    expect(setCookie).toBe(`__Host-twofold_session=${token}; ${attributes}`);
    expect((await withCookie(sent, secure.client())).data?.viewer?.email).toBe(email);
    // A cookie that anybody on a sibling host could have set is not looked at.
    const planted = await withCookie(`twofold_session=${token}`, secure.client());
    expect(planted.data).toEqual({ viewer: null });
  });

  it('a bearer sign-in sets no cookie', async () => {
    const { email } = await scene.signage.user();
    const input = { email, password: PASSWORD, transport: 'BEARER' };
    const answer = await scene.service.client().send(print(SignInDocument), { input });
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('the second step goes on with the transport of the first', async () => {
    const { email, app } = await scene.appUser();
    const input = { email, password: PASSWORD, keepSignedIn: true };
    const { signIn } = await scene.service.client().run(SignInDocument, { input });
    if (signIn.__typename !== 'TwoFactorChallenge') throw new Error(signIn.__typename);
    const answer = await scene.service.client().send(print(VerifyTwoFactorCodeDocument), {
      input: { challengeToken: signIn.challengeToken, code: app.code() },
    });
    const setCookie = answer.headers.get('set-cookie') ?? '';
    expect(setCookie).toMatch(/^twofold_session=[\w-]{43}; Max-Age=2592000; /);
    expect(answer.text).not.toContain(setCookie.slice(16, 59));
  });

  it('threat: a session that nobody can end: signing in anew in a browser ends the one before', async () => {
    const [mia, noah] = [await scene.signage.user(), await scene.signage.user()];
    const browser = new Browser(scene.service.url);
    await browser.signIn(mia.email);
    const before = `twofold_session=${browser.cookies.get('twofold_session') ?? ''}`;
    expect((await withCookie(before)).data?.viewer?.email).toBe(mia.email);
    await browser.signIn(mia.email, 'wrong');
    expect((await withCookie(before)).data?.viewer?.email).toBe(mia.email);
    await browser.signIn(noah.email);
    expect((await withCookie(before)).data).toEqual({ viewer: null });
    expect((await browser.run(ViewerDocument)).viewer?.email).toBe(noah.email);
    // The session of a program is not the browser's to end.
    const program = await scene.service.signedIn(mia.email);
    const input = { email: noah.email, password: PASSWORD };
    await program.send(print(SignInDocument), { input });
    expect((await program.run(ViewerDocument)).viewer?.email).toBe(mia.email);
  });

  it('with an Authorization header the cookie is ignored, and a dead token is UNAUTHENTICATED', async () => {
    const mine = await scene.plainUser();
    const theirs = await scene.plainUser();
    const { sent } = await byCookie(scene.service, mine.email);
    expect((await withCookie(sent, theirs.owner)).data?.viewer?.email).toBe(theirs.email);
    for (const authorization of [
      'Bearer dead',
      'Bearer',
      'bearer  ',
      'Basic dXNlcjpwYXNz',
      `${theirs.owner.token ?? ''}`,
    ]) {
      const answer = await scene.service
        .client()
        .send('{ viewer { email } }', undefined, { cookie: sent, authorization });
      expect([authorization, answer.status, answer.errors?.[0]?.extensions.code]).toEqual([
        authorization,
        401,
        'UNAUTHENTICATED',
      ]);
    }
  });

  it('a dead cookie is no viewer, and after signing out the cookie is gone and dead', async () => {
    const { email } = await scene.signage.user();
    expect((await withCookie('twofold_session=dead')).data).toEqual({ viewer: null });
    const { sent } = await byCookie(scene.service, email);
    const answer = await scene.service.client().send('mutation { signOut }', undefined, { cookie: sent });
    expect(answer.headers.get('set-cookie')).toMatch(/^twofold_session=; .*Expires=Thu, 01 Jan 1970/);
    expect((await withCookie(sent)).data).toEqual({ viewer: null });
  });
});
