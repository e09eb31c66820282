import {
  PasswordLinkDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  SetFirstPasswordDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { MINUTE } from '@twofold/core/ports';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import { mailedLink, tokensTo } from '../harness/mailed-link.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { atOnce, iso, openScene, resultOf, tally } from '../harness/scene.js';

const NEW_PASSWORD = 'violet umbrella tango 71';

describe.each(databases)('a forgotten password, on $name', ({ open }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open);
  });
  afterAll(() => scene.close());

  const request = (email: string) =>
    resultOf(scene.service.client(), RequestPasswordResetDocument, { input: { email } });
  const reset = async (token: string, newPassword = NEW_PASSWORD) => {
    const { __typename, code } = await resultOf(scene.service.client(), ResetPasswordDocument, {
      input: { token, newPassword },
    });
    return code ?? __typename;
  };
  async function asked(email: string, known?: string): Promise<string> {
    await request(email);
    return mailedLink(scene.service, email, 'reset-password', known);
  }
  const signInEnd = async (email: string, password = PASSWORD) => {
    const answer = await scene.service.client().signIn(email, password);
    return 'code' in answer ? answer.code : answer.__typename;
  };
  const isDead = async (client: Client) =>
    (await client.send(print(ViewerDocument))).errors?.[0]?.extensions.code === 'UNAUTHENTICATED';

  it('PEOPLE-4: is replaced by a mailed link, once, within 30 minutes; nobody is signed in by it', async () => {
    const { email, owner } = await scene.plainUser();
    const token = await asked(email);
    const { passwordLink } = await scene.service.client().run(PasswordLinkDocument, { token });
    expect(passwordLink).toMatchObject({ purpose: 'PASSWORD_RESET', email });
    expect(await reset(token, 'password1234')).toBe('PASSWORD_TOO_WEAK');
    scene.service.clock.advance(30 * MINUTE - 1);
    expect(await reset(token)).toBe('PasswordSet');
    expect(await isDead(owner)).toBe(true);
    expect([await signInEnd(email), await signInEnd(email, NEW_PASSWORD)]).toEqual([
      'INVALID_CREDENTIALS',
      'SignedIn',
    ]);
    expect(await reset(token)).toBe('LINK_EXPIRED');

    const late = await asked(email, token);
    scene.service.clock.advance(30 * MINUTE);
    expect(await reset(late)).toBe('LINK_EXPIRED');
  });

  it('PEOPLE-4: two-factor is still due', async () => {
    const { email } = await scene.textUser();
    expect(await reset(await asked(email))).toBe('PasswordSet');
    expect(await signInEnd(email, NEW_PASSWORD)).toBe('TwoFactorChallenge');
  });

  it('PEOPLE-5: the same is answered for every email; only the owner of an account gets a link', async () => {
    const { email } = await scene.plainUser();
    const { id, email: disabled } = await scene.signage.user();
    await scene.database.database.sql.run('UPDATE users SET disabled_at = 1 WHERE id = ?', [id]);
    const answers = [await request(email), await request('nobody@mail.example'), await request(disabled)];
    const same = { __typename: 'PasswordResetRequested', expiresAt: iso(scene.now() + 30 * MINUTE) };
    expect(answers).toEqual([same, same, same]);
    await mailedLink(scene.service, email, 'reset-password');
    for (const none of ['nobody@mail.example', disabled])
      expect(tokensTo(scene.service, none, 'reset-password')).toEqual([]);
  });

  it('threat: mails to one address have a budget, counted alike whether or not there is an account', async () => {
    const { email } = await scene.plainUser();
    for (const to of [email, 'nobody-else@mail.example']) {
      for (let n = 0; n < 5; n++) expect((await request(to)).__typename).toBe('PasswordResetRequested');
      expect(await request(to)).toMatchObject({ code: 'MAIL_LIMIT_REACHED' });
    }
  });

  it('threat: the newest link alone works, and none that is forged or for something else', async () => {
    const { email } = await scene.textUser();
    const first = await asked(email);
    const second = await asked(email, first);
    expect(await reset(first)).toBe('LINK_EXPIRED');
    for (const token of ['', 'forged', 'x'.repeat(10_000), await mailedLink(scene.service, email, 'not-me')])
      expect(await reset(token)).toBe('LINK_EXPIRED');
    const input = { token: second, password: NEW_PASSWORD };
    expect(await resultOf(scene.service.client(), SetFirstPasswordDocument, { input })).toMatchObject({
      code: 'LINK_EXPIRED',
    });
    expect(await reset(second)).toBe('PasswordSet');
  });

  it('threat: 50 uses of one link at once set one password', async () => {
    const { email } = await scene.plainUser();
    const token = await asked(email);
    expect(tally(await atOnce(50, () => reset(token)))).toEqual({ PasswordSet: 1, LINK_EXPIRED: 49 });
  });

  it('the lock of wrong passwords is lifted with it', async () => {
    const { email } = await scene.plainUser();
    for (let n = 0; n < 10; n++) await signInEnd(email, 'wrong');
    expect(await signInEnd(email)).toBe('TOO_MANY_ATTEMPTS');
    expect(await reset(await asked(email))).toBe('PasswordSet');
    expect(await signInEnd(email, NEW_PASSWORD)).toBe('SignedIn');
  });
});
