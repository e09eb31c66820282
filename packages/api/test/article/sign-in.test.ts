import {
  SendSignInCodeDocument,
  UserDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { MINUTE, SECOND } from '@twofold/core/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { App, Client } from '../harness/client.js';
import type { TestOrganization, TestService } from '../harness/open-service.js';
import { A_WHILE } from '../harness/open-service.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';
import { otherThan } from '../harness/outbox.js';

const PRIMARY = '+4915123456742';
const BACKUP = '+4915123456717';

describe.each(databases)('signing in, on $name', ({ open }) => {
  let scene: Scene;
  let service: TestService;
  let signage: TestOrganization;
  beforeAll(async () => {
    scene = await openScene(open);
    ({ service, signage } = scene);
  });
  afterAll(() => scene.close());

  const now = () => service.clock.now();
  const { lastCode } = { lastCode: () => service.outbox.lastCode() };

  async function textUser(phone = PRIMARY): Promise<{ email: string; recoveryCode: string; owner: Client }> {
    const { email } = await signage.user();
    const owner = await service.signedIn(email);
    const recoveryCode = await owner.enableTexts(phone, lastCode);
    service.clock.advance(10 * MINUTE);
    return { email, recoveryCode, owner };
  }
  async function appUser(): Promise<{ email: string; recoveryCode: string; owner: Client; app: App }> {
    const { email } = await signage.user();
    const owner = await service.signedIn(email);
    const enabled = await owner.enableApp(now);
    service.clock.advance(A_WHILE);
    return { email, owner, ...enabled };
  }
  async function verify(client: Client, challengeToken: string, code: string) {
    const { verifyTwoFactorCode } = await client.run(VerifyTwoFactorCodeDocument, {
      input: { challengeToken, code },
    });
    if (verifyTwoFactorCode.__typename === 'SignedIn')
      client.token = verifyTwoFactorCode.sessionToken ?? null;
    return verifyTwoFactorCode;
  }
  async function recover(client: Client, challengeToken: string, recoveryCode: string) {
    const input = { challengeToken, recoveryCode };
    const { verifyRecoveryCode } = await client.run(VerifyRecoveryCodeDocument, { input });
    if (verifyRecoveryCode.__typename === 'SignedIn') client.token = verifyRecoveryCode.sessionToken ?? null;
    return verifyRecoveryCode;
  }
  const viewerOf = async (client: Client) => (await client.run(ViewerDocument)).viewer;

  it('S1: a user without two-factor signs in with email and password alone', async () => {
    const { email, name } = await signage.user({ email: 'S1@demo.example', name: 'Mia' });
    const client = service.client();
    expect(await client.signIn(' s1@DEMO.example ')).toMatchObject({
      __typename: 'SignedIn',
      scope: 'FULL',
      viewer: { name, email: 's1@demo.example', twoFactorEnabled: false, isViewer: true },
    });
    expect(email).toBe('S1@demo.example');
    expect(await viewerOf(client)).toMatchObject({ name, lastSignInAt: new Date(now()).toISOString() });
    expect(await service.client().signIn('s1@demo.example', 'wrong password')).toMatchObject({
      __typename: 'Problem',
      code: 'INVALID_CREDENTIALS',
    });
  });

  it('S32, S33: a text user gets the code on reaching the second step, and only that code opens a session', async () => {
    const { email } = await textUser();
    const sent = service.outbox.texts.length;
    const client = service.client();
    const challenge = await client.challenge(email);
    expect(challenge).toMatchObject({
      method: 'SMS',
      methods: ['SMS'],
      delivery: { slot: 'PRIMARY', maskedNumber: '•••• 42' },
      deliveryProblem: null,
    });
    expect(service.outbox.texts.slice(sent)).toEqual([
      {
        to: PRIMARY,
        text: `${lastCode()} is your Demo Signage security code.\n\n@dashboard.example #${lastCode()}`,
      },
    ]);
    client.token = challenge.challengeToken;
    expect((await client.send('{ viewer { id } }')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    client.token = null;
    expect(await verify(client, challenge.challengeToken, lastCode())).toMatchObject({
      __typename: 'SignedIn',
      viewer: { twoFactorEnabled: true, twoFactorMethod: 'SMS' },
    });
    expect(await viewerOf(client)).not.toBeNull();
  });

  it('S34: a text code works once, and its challenge with it', async () => {
    const { email } = await textUser();
    const { challengeToken } = await service.client().challenge(email);
    expect(await verify(service.client(), challengeToken, lastCode())).toMatchObject({
      __typename: 'SignedIn',
    });
    expect(await verify(service.client(), challengeToken, lastCode())).toMatchObject({
      code: 'CHALLENGE_EXPIRED',
    });
    const again = await service.client().challenge(email);
    const old = lastCode();
    service.clock.advance(31 * SECOND);
    await service.client().run(SendSignInCodeDocument, { input: { challengeToken: again.challengeToken } });
    if (old !== lastCode()) {
      expect(await verify(service.client(), again.challengeToken, old)).toMatchObject({
        code: 'INVALID_CODE',
      });
    }
    expect(await verify(service.client(), again.challengeToken, lastCode())).toMatchObject({
      __typename: 'SignedIn',
    });
  });

  it('S34: a text code expires, at the latest with its challenge', async () => {
    const { email } = await textUser();
    const { challengeToken, expiresAt } = await service.client().challenge(email);
    expect(Date.parse(expiresAt) - now()).toBe(10 * MINUTE);
    service.clock.advance(5 * MINUTE);
    const resent = await service.client().run(SendSignInCodeDocument, { input: { challengeToken } });
    expect(resent.sendSignInCode).toMatchObject({ __typename: 'CodeDelivery', expiresAt });
    service.clock.advance(5 * MINUTE);
    expect(await verify(service.client(), challengeToken, lastCode())).toMatchObject({
      code: 'CHALLENGE_EXPIRED',
    });
  });

  it('S34: a code is bound to its challenge', async () => {
    const { email } = await textUser();
    const first = await service.client().challenge(email);
    const codeOfFirst = lastCode();
    const second = await service.client().challenge(email);
    expect(lastCode()).not.toBe(codeOfFirst);
    expect(await verify(service.client(), second.challengeToken, codeOfFirst)).toMatchObject({
      code: 'INVALID_CODE',
    });
    expect(await verify(service.client(), first.challengeToken, codeOfFirst)).toMatchObject({
      __typename: 'SignedIn',
    });
  });

  it('S35: a wrong password sends no text', async () => {
    const { email } = await textUser();
    const sent = service.outbox.texts.length;
    await service.client().signIn(email, 'wrong password');
    expect(service.outbox.texts.length).toBe(sent);
  });

  it('S32: where the text cannot be sent, the challenge says so and it may be tried again at once', async () => {
    const { email } = await textUser();
    service.outbox.carrierDown = true;
    const { challengeToken, delivery, deliveryProblem } = await service.client().challenge(email);
    expect({ delivery, code: deliveryProblem?.code }).toEqual({ delivery: null, code: 'SMS_NOT_SENT' });
    service.outbox.carrierDown = false;
    const again = await service.client().run(SendSignInCodeDocument, { input: { challengeToken } });
    expect(again.sendSignInCode).toMatchObject({ __typename: 'CodeDelivery', slot: 'PRIMARY' });
    expect(await verify(service.client(), challengeToken, lastCode())).toMatchObject({
      __typename: 'SignedIn',
    });
  });

  it('S37: the backup phone, shown masked, takes the code', async () => {
    const { email, owner } = await textUser();
    await owner.confirmPassword();
    await addBackup(owner);
    const { challengeToken, phones } = await service.client().challenge(email);
    expect(phones).toEqual([
      { slot: 'PRIMARY', maskedNumber: '•••• 42' },
      { slot: 'BACKUP', maskedNumber: '•••• 17' },
    ]);
    const first = lastCode();
    const input = { challengeToken, slot: 'BACKUP' as const };
    const { sendSignInCode } = await service.client().run(SendSignInCodeDocument, { input });
    expect(sendSignInCode).toMatchObject({
      __typename: 'CodeDelivery',
      slot: 'BACKUP',
      maskedNumber: '•••• 17',
    });
    expect(service.outbox.texts.at(-1)?.to).toBe(BACKUP);
    if (first !== lastCode()) {
      expect(await verify(service.client(), challengeToken, first)).toMatchObject({ code: 'INVALID_CODE' });
    }
    expect(await verify(service.client(), challengeToken, lastCode())).toMatchObject({
      __typename: 'SignedIn',
    });
  });

  it('S37: a phone that is not saved cannot be texted', async () => {
    const { email } = await textUser();
    const { challengeToken } = await service.client().challenge(email);
    const input = { challengeToken, slot: 'BACKUP' as const };
    const { sendSignInCode } = await service.client().run(SendSignInCodeDocument, { input });
    expect(sendSignInCode).toMatchObject({
      __typename: 'Problem',
      code: 'PHONE_NUMBER_INVALID',
      field: 'slot',
    });
  });

  it('S38, S39: the recovery code signs in, switches two-factor off, deletes what was saved and ends other sessions', async () => {
    const { email, recoveryCode, owner } = await textUser();
    const { challengeToken } = await service.client().challenge(email);
    const other = await service.client().challenge(email);
    const codeOfOther = lastCode();
    const client = service.client();
    const typed = recoveryCode.toLowerCase().replaceAll('-', ' ');
    expect(await recover(client, challengeToken, typed)).toMatchObject({
      __typename: 'SignedIn',
      scope: 'FULL',
      viewer: { twoFactorEnabled: false, twoFactorMethod: null },
    });
    expect((await owner.send('{ viewer { id } }')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await verify(service.client(), other.challengeToken, codeOfOther)).toMatchObject({
      code: 'CHALLENGE_EXPIRED',
    });
    for (const table of ['two_factors', 'factors']) {
      const id = (await viewerOf(client))?.id ?? '';
      expect(
        await service.service.database.sql.all(`SELECT * FROM ${table} WHERE user_id = ?`, [id]),
      ).toEqual([]);
    }
    expect(await service.client().signIn(email)).toMatchObject({ __typename: 'SignedIn' });
    expect(service.outbox.mails.at(-1)).toMatchObject({ to: email });
    expect(service.outbox.mails.at(-1)?.text).toMatch(/recovery code/i);
  });

  it('S38: the recovery code works once', async () => {
    const { email, recoveryCode, app } = await appUser();
    const { challengeToken } = await service.client().challenge(email);
    expect(await recover(service.client(), challengeToken, recoveryCode)).toMatchObject({
      __typename: 'SignedIn',
    });
    expect(await recover(service.client(), challengeToken, recoveryCode)).toMatchObject({
      code: 'CHALLENGE_EXPIRED',
    });
    const owner = await service.signedIn(email);
    const renewed = await owner.enableApp(now);
    expect(renewed.recoveryCode).not.toBe(recoveryCode);
    service.clock.advance(A_WHILE);
    const next = await service.client().challenge(email);
    expect(await recover(service.client(), next.challengeToken, recoveryCode)).toMatchObject({
      code: 'INVALID_CODE',
    });
    expect(await verify(service.client(), next.challengeToken, app.code())).toMatchObject({
      code: 'INVALID_CODE',
    });
  });

  it('S41: a wrong recovery code changes nothing and counts; one with a typing error costs nothing', async () => {
    const { email, recoveryCode } = await appUser();
    const { recoveryCode: wrong } = await appUser();
    const { challengeToken } = await service.client().challenge(email);
    const swapped = recoveryCode.replace(/^(.)(.)/, (_, a: string, b: string) =>
      a === b ? `${a}${a === '0' ? '1' : '0'}` : b + a,
    );
    for (let i = 0; i < 12; i++) {
      expect(await recover(service.client(), challengeToken, swapped)).toMatchObject({
        code: 'INVALID_CODE',
      });
    }
    for (let i = 0; i < 10; i++) {
      expect(await recover(service.client(), challengeToken, wrong)).toMatchObject({ code: 'INVALID_CODE' });
    }
    expect(await recover(service.client(), challengeToken, wrong)).toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
      retryAt: new Date(now() + 15 * MINUTE).toISOString(),
    });
    expect(await recover(service.client(), challengeToken, recoveryCode)).toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
    });
    service.clock.advance(15 * MINUTE);
    const next = await service.client().challenge(email);
    expect(await recover(service.client(), next.challengeToken, recoveryCode)).toMatchObject({
      __typename: 'SignedIn',
    });
  });

  it('S43: an app user signs in with the app’s code, and no text is sent', async () => {
    const { email, app } = await appUser();
    const sent = service.outbox.texts.length;
    const client = service.client();
    const challenge = await client.challenge(email);
    expect(challenge).toMatchObject({
      method: 'TOTP',
      methods: ['TOTP'],
      delivery: null,
      deliveryProblem: null,
      phones: [],
    });
    expect(await verify(client, challenge.challengeToken, otherThan(app.code()))).toMatchObject({
      code: 'INVALID_CODE',
    });
    expect(await verify(client, challenge.challengeToken, app.code())).toMatchObject({
      __typename: 'SignedIn',
    });
    expect(service.outbox.texts.length).toBe(sent);
  });

  it('S43: a code of one step ahead or behind is taken; a used or older step is refused', async () => {
    const { email, app } = await appUser();
    const attempt = async (code: string) => {
      const { challengeToken } = await service.client().challenge(email);
      return verify(service.client(), challengeToken, code);
    };
    expect(await attempt(app.code(-2))).toMatchObject({ code: 'INVALID_CODE' });
    expect(await attempt(app.code(2))).toMatchObject({ code: 'INVALID_CODE' });
    expect(await attempt(app.code(-1))).toMatchObject({ __typename: 'SignedIn' });
    expect(await attempt(app.code(-1))).toMatchObject({ code: 'INVALID_CODE' });
    expect(await attempt(app.code(1))).toMatchObject({ __typename: 'SignedIn' });
    expect(await attempt(app.code(0))).toMatchObject({ code: 'INVALID_CODE' });
    service.clock.advance(A_WHILE);
    expect(await attempt(app.code(0))).toMatchObject({ __typename: 'SignedIn' });
  });

  it('S44: the recovery code serves app users too', async () => {
    const { email, recoveryCode } = await appUser();
    const client = service.client();
    const { challengeToken } = await client.challenge(email);
    expect(await recover(client, challengeToken, recoveryCode)).toMatchObject({
      viewer: { twoFactorEnabled: false },
    });
  });

  it('S45: where the organisation demands two-factor, a recovery sign-in leads only to setting it up again', async () => {
    const strict = await service.organization({ twoFactorRequired: true });
    const { email, id } = await strict.user();
    const owner = service.client();
    expect(await owner.signIn(email)).toMatchObject({
      __typename: 'SignedIn',
      scope: 'TWO_FACTOR_SETUP_ONLY',
    });
    const { recoveryCode } = await owner.enableApp(now);
    expect((await owner.run(ViewerDocument)).session?.scope).toBe('FULL');
    service.clock.advance(A_WHILE);
    const client = service.client();
    const { challengeToken } = await client.challenge(email);
    expect(await recover(client, challengeToken, recoveryCode)).toMatchObject({
      scope: 'TWO_FACTOR_SETUP_ONLY',
    });
    for (const query of [
      `{ user(id: "${id}") { id } }`,
      '{ users { totalCount } }',
      '{ twoFactorSettings { __typename } }',
    ]) {
      expect((await client.send(query)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    await client.enableApp(now);
    expect((await client.run(UserDocument, { id })).user?.id).toBe(id);
  });

  async function addBackup(owner: Client): Promise<void> {
    const started = await owner.send(
      `mutation { startPhoneChange(input: { slot: BACKUP, phoneNumber: "${BACKUP}" }) { __typename } }`,
    );
    expect(started.data).toEqual({ startPhoneChange: { __typename: 'CodeDelivery' } });
    const confirmed = await owner.send(
      `mutation { confirmPhoneChange(input: { slot: BACKUP, code: "${lastCode()}" }) { __typename } }`,
    );
    expect(confirmed.data).toEqual({ confirmPhoneChange: { __typename: 'PhoneChanged' } });
  }
});
