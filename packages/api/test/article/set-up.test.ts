import {
  ConfirmPhoneChangeDocument,
  EnableTwoFactorDocument,
  StartPhoneChangeDocument,
  StartTwoFactorDocument,
  TwoFactorSettingsDocument,
  UserDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { MINUTE, SECOND } from '@twofold/core/ports';
import { Secret, TOTP, URI } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { App, type Client } from '../harness/client.js';
import type { TestOrganization, TestService } from '../harness/open-service.js';
import { A_WHILE } from '../harness/open-service.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';
import { otherThan } from '../harness/outbox.js';

describe.each(databases)('switching two-factor on, on $name', ({ open }) => {
  let scene: Scene;
  let service: TestService;
  let signage: TestOrganization;
  beforeAll(async () => {
    scene = await openScene(open);
    ({ service, signage } = scene);
  });
  afterAll(() => scene.close());

  let numbers = 10;
  const newNumber = () => `+49151234568${String((numbers += 1))}`;
  const now = () => service.clock.now();
  const lastCode = () => service.outbox.lastCode();
  async function newcomer(): Promise<{ email: string; id: string; client: Client }> {
    const { email, id } = await signage.user();
    return { email, id, client: await service.signedIn(email) };
  }
  const startApp = async (client: Client) => {
    const { startTwoFactor } = await client.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error(JSON.stringify(startTwoFactor));
    return { ...startTwoFactor, app: new App(startTwoFactor.manualKey, now) };
  };
  const startTexts = async (client: Client, phoneNumber: string | null, defaultCountry?: string) =>
    (await client.run(StartTwoFactorDocument, { input: { method: 'SMS', phoneNumber, defaultCountry } }))
      .startTwoFactor;
  const enable = async (client: Client, code: string, setupId?: string) =>
    (await client.run(EnableTwoFactorDocument, { input: { code, setupId } })).enableTwoFactor;
  const isOn = async (client: Client) => (await client.run(ViewerDocument)).viewer?.twoFactorEnabled;

  it('S9, S11: the own account may be set up, and a colleague’s shows that it may not', async () => {
    const { client, id } = await newcomer();
    const colleague = await newcomer();
    const may = async (user: string) => (await client.run(UserDocument, { id: user })).user;
    expect(await may(id)).toMatchObject({
      viewerCanEnableTwoFactor: true,
      viewerCanChangePassword: true,
      isViewer: true,
    });
    expect(await may(colleague.id)).toMatchObject({
      viewerCanEnableTwoFactor: false,
      viewerCanChangePassword: false,
      isViewer: false,
      twoFactorMethod: null,
    });
  });

  it('S14: "Use text messages" asks for a phone number, as dialled at home or with its country code', async () => {
    const { client } = await newcomer();
    expect(await startTexts(client, '0151 2345 6701', 'DE')).toMatchObject({
      __typename: 'PhoneSetup',
      delivery: { slot: 'PRIMARY', maskedNumber: '•••• 01' },
      expiresAt: new Date(now() + 15 * MINUTE).toISOString(),
    });
    expect(service.outbox.texts.at(-1)).toEqual({
      to: '+4915123456701',
      text: `${lastCode()} is your Demo Signage security code.\n\n@dashboard.example #${lastCode()}`,
    });
    expect(await enable(client, lastCode())).toMatchObject({
      __typename: 'TwoFactorEnabled',
      viewer: { twoFactorEnabled: true, twoFactorMethod: 'SMS' },
    });
  });

  it.each([
    null,
    '',
    ' ',
    '12',
    '+49151',
    'not a number',
    '+4915123456701 ext. 5',
    '００４９１５１２３４５６７０１',
  ])('S15: no text is sent without a phone number (%j)', async (phoneNumber) => {
    const { client } = await newcomer();
    const sent = service.outbox.texts.length;
    const answer = await startTexts(client, phoneNumber);
    expect(answer).toMatchObject({
      __typename: 'Problem',
      code: 'PHONE_NUMBER_INVALID',
      field: 'phoneNumber',
    });
    expect(service.outbox.texts.length).toBe(sent);
  });

  it('S16: a wrong set-up code leaves two-factor off, and the set-up goes on', async () => {
    const { client } = await newcomer();
    await startTexts(client, newNumber());
    expect(await enable(client, otherThan(lastCode()))).toMatchObject({
      code: 'INVALID_CODE',
      field: 'code',
    });
    expect(await isOn(client)).toBe(false);
    expect(await enable(client, lastCode())).toMatchObject({ __typename: 'TwoFactorEnabled' });
  });

  it('S16: an expired set-up code leaves two-factor off, and an expired set-up is over', async () => {
    const { client } = await newcomer();
    await startTexts(client, newNumber());
    service.clock.advance(10 * MINUTE);
    expect(await enable(client, lastCode())).toMatchObject({ code: 'CODE_EXPIRED' });
    service.clock.advance(5 * MINUTE);
    expect(await enable(client, lastCode())).toMatchObject({ code: 'SETUP_EXPIRED' });
    expect(await isOn(client)).toBe(false);
  });

  it('S17, S18, S19: the app is set up by QR code or manual key, which are one secret of 160 bits', async () => {
    const { client, email } = await newcomer();
    const { manualKey, otpauthUri, qrCodeSvg, expiresAt } = await startApp(client);
    expect(manualKey).toMatch(/^[A-Z2-7]{32}$/);
    const totp = URI.parse(otpauthUri);
    expect(totp).toBeInstanceOf(TOTP);
    expect(totp).toMatchObject({
      issuer: 'Demo Signage',
      label: email,
      algorithm: 'SHA1',
      digits: 6,
      period: 30,
    });
    expect(totp.secret.base32).toBe(manualKey);
    expect(Secret.fromBase32(manualKey).bytes.length).toBe(20);
    expect(qrCodeSvg).toMatch(/^<svg[^>]* viewBox=/);
    expect(expiresAt).toBe(new Date(now() + 15 * MINUTE).toISOString());
  });

  it('S20: one valid code of the app switches it on', async () => {
    const { client } = await newcomer();
    const { app, setupId } = await startApp(client);
    expect(await enable(client, otherThan(app.code()), setupId)).toMatchObject({ code: 'INVALID_CODE' });
    expect(await isOn(client)).toBe(false);
    expect(await enable(client, app.code(), setupId)).toMatchObject({ viewer: { twoFactorMethod: 'TOTP' } });
    expect(await isOn(client)).toBe(true);
  });

  it('S20: the code that proved the set-up does not sign in as well', async () => {
    const { client, email } = await newcomer();
    const { app } = await client.enableApp(now);
    const { challengeToken } = await service.client().challenge(email);
    const input = `{ challengeToken: "${challengeToken}", code: "${app.code()}" }`;
    const replayed = await service
      .client()
      .send(`mutation { verifyTwoFactorCode(input: ${input}) { ... on Problem { code } } }`);
    expect(replayed.data).toEqual({ verifyTwoFactorCode: { code: 'INVALID_CODE' } });
  });

  it('S20: an abandoned set-up changes nothing', async () => {
    const { client, email } = await newcomer();
    await startApp(client);
    await startTexts(client, newNumber());
    service.clock.advance(15 * MINUTE);
    expect(await service.client().signIn(email)).toMatchObject({ __typename: 'SignedIn' });
    expect(await enable(client, lastCode())).toMatchObject({ code: 'SETUP_EXPIRED' });
  });

  it('S20: a later start replaces an earlier one, and a set-up belongs to its session', async () => {
    const { client, email } = await newcomer();
    const first = await startApp(client);
    const second = await startApp(client);
    expect(await enable(client, first.app.code(), first.setupId)).toMatchObject({ code: 'SETUP_EXPIRED' });
    const otherSession = await service.signedIn(email);
    expect(await enable(otherSession, second.app.code(), second.setupId)).toMatchObject({
      code: 'SETUP_EXPIRED',
    });
    expect(await enable(client, second.app.code())).toMatchObject({ __typename: 'TwoFactorEnabled' });
  });

  it('the first set-up takes a sign-in of the last ten minutes, or the password', async () => {
    const { client } = await newcomer();
    service.clock.advance(10 * MINUTE);
    expect(await startTexts(client, newNumber())).toMatchObject({ code: 'REAUTHENTICATION_REQUIRED' });
    await client.confirmPassword();
    expect(await startTexts(client, newNumber())).toMatchObject({ __typename: 'PhoneSetup' });
  });

  it('a method that the organisation does not allow is refused', async () => {
    const strict = await service.organization({ allowedMethods: ['TOTP'] });
    const client = await service.signedIn((await strict.user()).email);
    const sent = service.outbox.texts.length;
    expect(await startTexts(client, newNumber())).toMatchObject({
      code: 'METHOD_NOT_ALLOWED',
      field: 'method',
    });
    expect(service.outbox.texts.length).toBe(sent);
    await client.enableApp(now);
  });

  it('nor is a method switched on, or a phone changed, that it has come to forbid meanwhile', async () => {
    const strict = await service.organization();
    const allow = (...methods: string[]) =>
      scene.database.database.sql.run('UPDATE organizations SET allowed_methods = ? WHERE id = ?', [
        JSON.stringify(methods),
        strict.id,
      ]);
    const byApp = await service.signedIn((await strict.user()).email);
    const { app } = await startApp(byApp);
    const byText = await service.signedIn((await strict.user()).email);
    await byText.enableTexts(newNumber(), lastCode);
    const sent = service.outbox.texts.length;
    await allow('SMS');
    expect(await enable(byApp, app.code())).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    expect(await isOn(byApp)).toBe(false);
    await allow('TOTP');
    const input = { slot: 'BACKUP' as const, phoneNumber: newNumber() };
    const { startPhoneChange } = await byText.run(StartPhoneChangeDocument, { input });
    expect(startPhoneChange).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    expect(service.outbox.texts.length).toBe(sent);
  });

  it('S42: the recovery code is shown once, when two-factor is switched on', async () => {
    const { client, email } = await newcomer();
    const { recoveryCode } = await client.enableApp(now);
    expect(recoveryCode).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/);
    await client.confirmPassword();
    const settings = await client.run(TwoFactorSettingsDocument);
    expect(JSON.stringify(settings)).not.toContain(recoveryCode.slice(0, 11));
    service.clock.advance(A_WHILE);
    const replaced = await startTexts(client, newNumber());
    expect(replaced).toMatchObject({ __typename: 'PhoneSetup' });
    expect(await enable(client, lastCode())).toMatchObject({
      __typename: 'TwoFactorEnabled',
      recoveryCode: null,
    });
    const { challengeToken } = await service.client().challenge(email);
    const input = `{ challengeToken: "${challengeToken}", recoveryCode: "${recoveryCode}" }`;
    const signedIn = await service
      .client()
      .send(`mutation { verifyRecoveryCode(input: ${input}) { __typename } }`);
    expect(signedIn.data).toEqual({ verifyRecoveryCode: { __typename: 'SignedIn' } });
  });

  it('switching it on ends the user’s other sessions and pending sign-ins, and the owner is told', async () => {
    const { client, email } = await newcomer();
    const other = await service.signedIn(email);
    await client.enableApp(now);
    expect((await other.send('{ viewer { id } }')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await isOn(client)).toBe(true);
    expect(service.outbox.mails.at(-1)).toMatchObject({ to: email });
  });

  it('S36: a backup phone is saved once it is proved, without the password right after the set-up', async () => {
    const { client } = await newcomer();
    await client.enableTexts(newNumber(), lastCode);
    const phoneNumber = newNumber();
    const start = async (number: string) =>
      (await client.run(StartPhoneChangeDocument, { input: { slot: 'BACKUP', phoneNumber: number } }))
        .startPhoneChange;
    const confirm = async (code: string) =>
      (await client.run(ConfirmPhoneChangeDocument, { input: { slot: 'BACKUP', code } })).confirmPhoneChange;
    expect(await start(phoneNumber)).toMatchObject({ __typename: 'CodeDelivery', slot: 'BACKUP' });
    expect(await confirm(otherThan(lastCode()))).toMatchObject({ code: 'INVALID_CODE' });
    expect(await confirm(lastCode())).toMatchObject({
      __typename: 'PhoneChanged',
      settings: { backupPhone: phoneNumber },
    });
    expect(await confirm(lastCode())).toMatchObject({ code: 'SETUP_EXPIRED' });
    service.clock.advance(10 * MINUTE + SECOND);
    expect(await start(newNumber())).toMatchObject({ code: 'REAUTHENTICATION_REQUIRED' });
  });
});
