import {
  ChangePasswordDocument,
  ConfirmPhoneChangeDocument,
  DisableTwoFactorDocument,
  EnableTwoFactorDocument,
  RegenerateRecoveryCodeDocument,
  RemoveBackupPhoneDocument,
  StartPhoneChangeDocument,
  StartTwoFactorDocument,
  TwoFactorSettingsDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { MINUTE } from '@twofold/core/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import type { TestOrganization, TestService } from '../harness/open-service.js';
import { A_WHILE } from '../harness/open-service.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';
import { PASSWORD } from '../harness/password.js';

describe.each(databases)('viewing, editing and switching off, on $name', ({ open }) => {
  let scene: Scene;
  let service: TestService;
  let signage: TestOrganization;
  beforeAll(async () => {
    scene = await openScene(open);
    ({ service, signage } = scene);
  });
  afterAll(() => scene.close());

  let numbers = 10;
  const newNumber = () => `+49151234569${String((numbers += 1))}`;
  const now = () => service.clock.now();
  const lastCode = () => service.outbox.lastCode();
  async function textUser(): Promise<{ email: string; phone: string; client: Client; recoveryCode: string }> {
    const { email } = await signage.user();
    const client = await service.signedIn(email);
    const phone = newNumber();
    const recoveryCode = await client.enableTexts(phone, lastCode);
    service.clock.advance(11 * MINUTE);
    return { email, phone, client, recoveryCode };
  }
  const settingsOf = async (client: Client) =>
    (await client.run(TwoFactorSettingsDocument)).twoFactorSettings;
  const startPhone = async (client: Client, slot: 'PRIMARY' | 'BACKUP', phoneNumber: string) =>
    (await client.run(StartPhoneChangeDocument, { input: { slot, phoneNumber } })).startPhoneChange;
  const confirmPhone = async (client: Client, slot: 'PRIMARY' | 'BACKUP', code: string) =>
    (await client.run(ConfirmPhoneChangeDocument, { input: { slot, code } })).confirmPhoneChange;
  const disable = async (client: Client, password = PASSWORD) =>
    (await client.run(DisableTwoFactorDocument, { input: { password } })).disableTwoFactor;

  it('S21: that it is on, and by which method, is known without the password, also in a later answer', async () => {
    const { client } = await textUser();
    for (let i = 0; i < 2; i++) {
      expect((await client.run(ViewerDocument)).viewer).toMatchObject({
        twoFactorEnabled: true,
        twoFactorMethod: 'SMS',
      });
    }
  });

  it('S22, S23: the settings ask for the password, and a wrong one reveals nothing', async () => {
    const { client } = await textUser();
    expect(await settingsOf(client)).toMatchObject({
      __typename: 'Problem',
      code: 'REAUTHENTICATION_REQUIRED',
    });
    expect(await client.confirmPassword('wrong password')).toMatchObject({
      code: 'INVALID_CREDENTIALS',
      field: 'password',
    });
    expect(await settingsOf(client)).toMatchObject({ code: 'REAUTHENTICATION_REQUIRED' });
  });

  it('S24: before the password no answer of the API holds a phone, a secret or a code', async () => {
    const { client, phone } = await textUser();
    const everything = `{ viewer { id email name role createdAt lastSignInAt twoFactorEnabled twoFactorMethod isViewer
      organization { id name } } session { id scope expiresAt passwordConfirmedUntil }
      users { nodes { id email name twoFactorEnabled twoFactorMethod } totalCount }
      twoFactorSettings { ... on TwoFactorSettings { primaryPhone backupPhone } ... on Problem { message } } }`;
    const { text } = await client.send(everything);
    expect(text).toContain('twoFactorEnabled');
    for (const secret of [phone, phone.slice(4), lastCode()]) expect(text).not.toContain(secret);
  });

  it('S25: after the password the saved settings are shown', async () => {
    const { client, phone } = await textUser();
    expect(await client.confirmPassword()).toEqual({
      __typename: 'PasswordConfirmed',
      expiresAt: new Date(now() + 10 * MINUTE).toISOString(),
    });
    expect(await settingsOf(client)).toEqual({
      __typename: 'TwoFactorSettings',
      method: 'SMS',
      enabledAt: new Date(now() - 11 * MINUTE).toISOString(),
      lastUsedAt: null,
      primaryPhone: phone,
      backupPhone: null,
      recoveryCodeCreatedAt: new Date(now() - 11 * MINUTE).toISOString(),
    });
    service.clock.advance(10 * MINUTE);
    expect(await settingsOf(client)).toMatchObject({ code: 'REAUTHENTICATION_REQUIRED' });
    expect((await client.run(ViewerDocument)).session?.passwordConfirmedUntil).toBeNull();
  });

  it('where it is off, the settings say so', async () => {
    const client = await service.signedIn((await signage.user()).email);
    expect(await settingsOf(client)).toMatchObject({ code: 'TWO_FACTOR_NOT_ENABLED' });
    expect(await disable(client)).toMatchObject({ code: 'TWO_FACTOR_NOT_ENABLED' });
    expect(await startPhone(client, 'BACKUP', newNumber())).toMatchObject({ code: 'TWO_FACTOR_NOT_ENABLED' });
  });

  it('S26, S27: a new primary phone counts once its code is confirmed; until then the old one works', async () => {
    const { client, phone, email } = await textUser();
    const newPhone = newNumber();
    expect(await startPhone(client, 'PRIMARY', newPhone)).toMatchObject({
      code: 'REAUTHENTICATION_REQUIRED',
    });
    await client.confirmPassword();
    expect(await startPhone(client, 'PRIMARY', newPhone)).toMatchObject({ __typename: 'CodeDelivery' });
    const code = lastCode();
    await service.client().challenge(email);
    expect(service.outbox.texts.at(-1)?.to).toBe(phone);
    expect(await confirmPhone(client, 'PRIMARY', code)).toMatchObject({
      settings: { primaryPhone: newPhone },
    });
    await service.client().challenge(email);
    expect(service.outbox.texts.at(-1)?.to).toBe(newPhone);
    expect(service.outbox.mails.at(-1)).toMatchObject({ to: email });
  });

  it('S26: the backup phone can be changed and removed, and must differ from the primary one', async () => {
    const { client, phone, email } = await textUser();
    await client.confirmPassword();
    expect(await startPhone(client, 'BACKUP', phone)).toMatchObject({ code: 'PHONE_NUMBER_DUPLICATE' });
    const backup = newNumber();
    await startPhone(client, 'BACKUP', backup);
    expect(await confirmPhone(client, 'BACKUP', lastCode())).toMatchObject({
      settings: { backupPhone: backup },
    });
    const removed = (await client.run(RemoveBackupPhoneDocument)).removeBackupPhone;
    expect(removed).toMatchObject({
      __typename: 'TwoFactorSettings',
      primaryPhone: phone,
      backupPhone: null,
    });
    expect((await service.client().challenge(email)).phones).toHaveLength(1);
    expect((await client.run(RemoveBackupPhoneDocument)).removeBackupPhone).toMatchObject({
      backupPhone: null,
    });
  });

  it('S26: the method can be changed from text messages to an app and back, in one step', async () => {
    const { client, email } = await textUser();
    const start = () => client.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    expect((await start()).startTwoFactor).toMatchObject({ code: 'REAUTHENTICATION_REQUIRED' });
    await client.confirmPassword();
    const { app } = await client.enableApp(now);
    expect(await service.client().challenge(email)).toMatchObject({
      method: 'TOTP',
      methods: ['TOTP'],
      phones: [],
    });
    expect(await startPhone(client, 'BACKUP', newNumber())).toMatchObject({ code: 'TWO_FACTOR_NOT_ENABLED' });
    expect(app.code()).toMatch(/^\d{6}$/);
    await client.enableTexts(newNumber(), lastCode);
    expect(await service.client().challenge(email)).toMatchObject({ method: 'SMS', methods: ['SMS'] });
  });

  it('S26: a phone change that is under way ends where the method is changed', async () => {
    const { client, email } = await textUser();
    await client.confirmPassword();
    expect(await startPhone(client, 'BACKUP', newNumber())).toMatchObject({ __typename: 'CodeDelivery' });
    const code = lastCode();
    await client.enableApp(now);
    expect(await confirmPhone(client, 'BACKUP', code)).toMatchObject({ code: 'SETUP_EXPIRED' });
    expect(await service.client().challenge(email)).toMatchObject({ methods: ['TOTP'], phones: [] });
  });

  it('a new recovery code takes the place of the old one at once', async () => {
    const { client, email, recoveryCode } = await textUser();
    const regenerate = async () => (await client.run(RegenerateRecoveryCodeDocument)).regenerateRecoveryCode;
    expect(await regenerate()).toMatchObject({ code: 'REAUTHENTICATION_REQUIRED' });
    await client.confirmPassword();
    const regenerated = await regenerate();
    if (regenerated.__typename !== 'RecoveryCodeRegenerated') throw new Error(JSON.stringify(regenerated));
    const { challengeToken } = await service.client().challenge(email);
    const recover = async (code: string) => {
      const input = `{ challengeToken: "${challengeToken}", recoveryCode: "${code}" }`;
      const answer = await service
        .client()
        .send(`mutation { verifyRecoveryCode(input: ${input}) { __typename } }`);
      return answer.data?.['verifyRecoveryCode'];
    };
    expect(await recover(recoveryCode)).toEqual({ __typename: 'Problem' });
    expect(await recover(regenerated.recoveryCode)).toEqual({ __typename: 'SignedIn' });
  });

  it('S29: switching off asks for the password, and a wrong one changes nothing', async () => {
    const { client, email } = await textUser();
    expect(await disable(client, 'wrong password')).toMatchObject({
      code: 'INVALID_CREDENTIALS',
      field: 'password',
    });
    expect(await service.client().challenge(email)).toMatchObject({ __typename: 'TwoFactorChallenge' });
  });

  it('S30: afterwards sign-in is plain, the old secret and codes are dead, and it can be switched on again', async () => {
    const { email } = await signage.user();
    const client = await service.signedIn(email);
    const { app, recoveryCode } = await client.enableApp(now);
    service.clock.advance(A_WHILE);
    const pending = await service.client().challenge(email);
    expect(await disable(client)).toMatchObject({
      __typename: 'TwoFactorDisabled',
      viewer: { twoFactorEnabled: false, twoFactorMethod: null },
    });
    const verify = await service
      .client()
      .send(
        `mutation { verifyTwoFactorCode(input: { challengeToken: "${pending.challengeToken}", code: "${app.code()}" }) { ... on Problem { code } } }`,
      );
    expect(verify.data).toEqual({ verifyTwoFactorCode: { code: 'CHALLENGE_EXPIRED' } });
    expect(await service.client().signIn(email)).toMatchObject({ __typename: 'SignedIn' });
    expect(service.outbox.mails.at(-1)).toMatchObject({ to: email });
    const renewed = await client.enableApp(now);
    expect(renewed.recoveryCode).not.toBe(recoveryCode);
  });

  it('S30: a code that was texted before is dead also once it is on again', async () => {
    const { client, email } = await textUser();
    const { challengeToken } = await service.client().challenge(email);
    const code = lastCode();
    await disable(client);
    await client.confirmPassword();
    await client.enableTexts(newNumber(), lastCode);
    const verify = await service
      .client()
      .send(
        `mutation { verifyTwoFactorCode(input: { challengeToken: "${challengeToken}", code: "${code}" }) { __typename ... on Problem { code } } }`,
      );
    expect(verify.data).toEqual({
      verifyTwoFactorCode: { __typename: 'Problem', code: 'CHALLENGE_EXPIRED' },
    });
  });

  it('switching off is refused where the organisation demands it', async () => {
    const strict = await service.organization({ twoFactorRequired: true });
    const client = await service.signedIn((await strict.user()).email);
    await client.enableApp(now);
    expect(await disable(client)).toMatchObject({ code: 'TWO_FACTOR_REQUIRED' });
    expect((await client.run(ViewerDocument)).viewer?.twoFactorEnabled).toBe(true);
  });

  it('S10: the password is changed behind the old one; other sessions and pending sign-ins end', async () => {
    const { client, email } = await textUser();
    const pending = await service.client().challenge(email);
    const change = async (currentPassword: string, newPassword: string) =>
      (await client.run(ChangePasswordDocument, { input: { currentPassword, newPassword } })).changePassword;
    const better = 'seventeen lanterns over the weir';
    expect(await change('wrong password', better)).toMatchObject({
      code: 'INVALID_CREDENTIALS',
      field: 'currentPassword',
    });
    for (const weak of [
      'short',
      'passwordpassword',
      'x'.repeat(1_025),
      '            ',
      'correct-horse-battery-staple',
    ]) {
      expect(await change(PASSWORD, weak)).toMatchObject({ code: 'PASSWORD_TOO_WEAK', field: 'newPassword' });
    }
    expect(await change(PASSWORD, better)).toMatchObject({ __typename: 'PasswordChanged', endedSessions: 0 });
    const answer = await service
      .client()
      .send(
        `mutation { verifyTwoFactorCode(input: { challengeToken: "${pending.challengeToken}", code: "${lastCode()}" }) { ... on Problem { code } } }`,
      );
    expect(answer.data).toEqual({ verifyTwoFactorCode: { code: 'CHALLENGE_EXPIRED' } });
    expect(await service.client().signIn(email, PASSWORD)).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(await service.client().signIn(email, better)).toMatchObject({ __typename: 'TwoFactorChallenge' });
    expect(service.outbox.mails.at(-1)).toMatchObject({ to: email });
  });

  it('S31: nobody reaches another account: every operation on an account works on the session’s own', async () => {
    const { client, phone } = await textUser();
    const owner = await service.signedIn((await signage.user({ role: 'OWNER' })).email);
    await owner.confirmPassword();
    expect(await settingsOf(owner)).toMatchObject({ code: 'TWO_FACTOR_NOT_ENABLED' });
    expect(await disable(owner)).toMatchObject({ code: 'TWO_FACTOR_NOT_ENABLED' });
    await owner.run(EnableTwoFactorDocument, { input: { code: lastCode() } });
    await client.confirmPassword();
    expect(await settingsOf(client)).toMatchObject({ primaryPhone: phone });
  });
});
