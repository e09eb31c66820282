import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangePasswordDocument,
  ConfirmPasswordDocument,
  DisableTwoFactorDocument,
  SignInDocument,
  SignOutDocument,
  StartTwoFactorDocument,
} from '@twofold/contract/graphql';
import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import type { AnyResult, Scene } from '../harness/scene.js';
import { atOnce, ended, openScene } from '../harness/scene.js';

const NEW_PASSWORD = 'violet umbrella tango 71';

/** A password is compared for milliseconds, or under load for seconds. What it was compared with may be over by then. */
describe.each(databases)('a password that is being compared while things change, on $name', ({ open }) => {
  let scene: Scene;
  let betweenComparisonAndUse: (() => Promise<unknown>) | null = null;
  beforeAll(async () => {
    const { verify, ...others } = fakeHasher();
    const hasher = {
      ...others,
      async verify(password: string, expected: string | null) {
        const right = await verify(password, expected);
        const change = betweenComparisonAndUse;
        betweenComparisonAndUse = null;
        await change?.();
        return right;
      },
    };
    scene = await openScene(open, { outside: { hasher } });
  });
  afterAll(() => scene.close());

  const signIn = (email: string) =>
    ended(scene.service.client(), SignInDocument, {
      input: { email, password: PASSWORD, transport: 'BEARER' },
    });
  const sessionsOf = async (id: string) =>
    (await scene.database.database.sql.all('SELECT id FROM sessions WHERE user_id = ?', [id])).length;
  const change = { input: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } };

  it('signing in with the old password while it is changed opens no session', async () => {
    const { id, email, owner } = await scene.plainUser();
    betweenComparisonAndUse = () => owner.run(ChangePasswordDocument, change);
    expect(await signIn(email)).toBe('INVALID_CREDENTIALS');
    expect(await sessionsOf(id)).toBe(1);
  });

  it('signing in while two-factor is switched on leads to the second factor', async () => {
    const { id, email, owner } = await scene.plainUser();
    betweenComparisonAndUse = () => owner.enableApp(() => scene.now());
    expect(await signIn(email)).toBe('TwoFactorChallenge');
    expect(await sessionsOf(id)).toBe(1);
  });

  it('signing in while the account is disabled opens no session', async () => {
    const { id, email } = await scene.plainUser();
    betweenComparisonAndUse = () =>
      scene.database.database.sql.run('UPDATE users SET disabled_at = 1 WHERE id = ?', [id]);
    expect(await signIn(email)).toBe('INVALID_CREDENTIALS');
    expect(await sessionsOf(id)).toBe(1);
  });

  it('a thief’s session cannot finish with the old password what it began before the change', async () => {
    const { email, owner: thief, app } = await scene.appUser();
    const owner = scene.service.client();
    const { challengeToken } = await owner.challenge(email);
    const verified = await owner.send<{ verifyTwoFactorCode: { sessionToken: string } }>(
      'mutation($input: VerifyTwoFactorCodeInput!) { verifyTwoFactorCode(input: $input) { ... on SignedIn { sessionToken } } }',
      { input: { challengeToken, code: app.code() } },
    );
    owner.token = verified.data?.verifyTwoFactorCode.sessionToken ?? null;
    betweenComparisonAndUse = () => owner.run(ChangePasswordDocument, change);
    const disabled = await ended(thief, DisableTwoFactorDocument, { input: { password: PASSWORD } });
    expect(disabled).toBe('INVALID_CREDENTIALS');
    const { viewer } = (
      await owner.send<{ viewer: { twoFactorEnabled: boolean } }>('{ viewer { twoFactorEnabled } }')
    ).data ?? { viewer: null };
    expect(viewer?.twoFactorEnabled).toBe(true);
  });

  it('of two changes that were begun with one password, the second is refused', async () => {
    const { owner } = await scene.plainUser();
    betweenComparisonAndUse = () => owner.run(ChangePasswordDocument, change);
    expect(await ended(owner, ChangePasswordDocument, change)).toBe('INVALID_CREDENTIALS');
    const input = { password: NEW_PASSWORD };
    expect(await ended(owner, ConfirmPasswordDocument, { input })).toBe('PasswordConfirmed');
  });

  it('signing out while a set-up is started is no failure of the service', async () => {
    const { email } = await scene.signage.user();
    const outcomes = await atOnce(20, async (i) => {
      const owner = await scene.service.signedIn(email);
      const input = { method: 'TOTP' as const };
      const started = owner.send<Record<string, AnyResult>>(print(StartTwoFactorDocument), { input });
      await sleep(i / 2);
      await owner.run(SignOutDocument);
      const { data, errors } = await started;
      return errors?.[0]?.extensions.code ?? data?.['startTwoFactor']?.code ?? 'started';
    });
    const expected = ['started', 'SETUP_EXPIRED', 'UNAUTHENTICATED'];
    expect(outcomes.filter((outcome) => !expected.includes(outcome))).toEqual([]);
  });
});
