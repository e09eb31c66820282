import {
  ConfirmPhoneChangeDocument,
  EnableTwoFactorDocument,
  SendSignInCodeDocument,
  StartPhoneChangeDocument,
  StartTwoFactorDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { DAY, HOUR, MINUTE, SECOND } from '@twofold/core/ports';
import type { SmsSender } from '@twofold/factors/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';
import type { Scene } from '../harness/scene.js';
import { atOnce, ended, iso, openScene, resultOf, tally } from '../harness/scene.js';

describe.each(databases)('texts, on $name', ({ open }) => {
  let scene: Scene;
  /** A second node whose carrier takes as long as the test wants. */
  let slow: TestService;
  let carrier: SmsSender['send'];
  beforeAll(async () => {
    scene = await openScene(open);
    const smsSender: SmsSender = { send: (text) => carrier(text) };
    slow = await openService(scene.database, { sharing: scene.service, outside: { smsSender } });
  });
  afterAll(async () => {
    await slow.close();
    await scene.close();
  });

  const now = () => scene.now();
  const textsSent = () => scene.service.outbox.texts.length;
  const lastCode = () => scene.service.outbox.lastCode();
  const program = () => scene.service.client();
  const sentTo = (phone: string) => scene.service.outbox.texts.filter(({ to }) => to === phone).length;
  const resend = (challengeToken: string, slot: 'PRIMARY' | 'BACKUP' = 'PRIMARY', node = scene.service) =>
    resultOf(node.client(), SendSignInCodeDocument, { input: { challengeToken, slot } });
  const verify = (challengeToken: string, code: string) =>
    ended(program(), VerifyTwoFactorCodeDocument, { input: { challengeToken, code } });
  const startTexts = (owner: Client, phoneNumber: string, defaultCountry: string | null = null) =>
    resultOf(owner, StartTwoFactorDocument, { input: { method: 'SMS', phoneNumber, defaultCountry } });
  const startPhone = (owner: Client, slot: 'PRIMARY' | 'BACKUP', phoneNumber: string) =>
    resultOf(owner, StartPhoneChangeDocument, { input: { slot, phoneNumber } });
  /** signIn of a text user: what became of the text. */
  async function textAtSignIn(email: string) {
    const { delivery, deliveryProblem } = await program().challenge(email);
    return delivery ? 'sent' : { code: deliveryProblem?.code, retryAt: deliveryProblem?.retryAt };
  }
  const spent = (until: number) => ({ code: 'TEXT_LIMIT_REACHED', retryAt: iso(until) });

  it('the next one in a challenge waits 30 seconds, in its own phone alone', async () => {
    const { email, owner, phone } = await scene.textUser();
    const backup = scene.newPhone();
    await startPhone(owner, 'BACKUP', backup);
    await owner.run(ConfirmPhoneChangeDocument, { input: { slot: 'BACKUP', code: lastCode() } });
    const { challengeToken } = await program().challenge(email);
    const sent = sentTo(phone);
    const tooSoon = { code: 'RESEND_TOO_SOON', retryAt: iso(now() + 30 * SECOND) };
    expect(await resend(challengeToken)).toMatchObject(tooSoon);
    expect(await resend(challengeToken, 'BACKUP')).toMatchObject({ __typename: 'CodeDelivery' });
    expect(await resend(challengeToken, 'BACKUP')).toMatchObject(tooSoon);
    scene.service.clock.advance(30 * SECOND - 1);
    expect(await resend(challengeToken)).toMatchObject({ code: 'RESEND_TOO_SOON' });
    expect(sentTo(phone)).toBe(sent);
    scene.service.clock.advance(1);
    const outcomes = await atOnce(50, () =>
      ended(program(), SendSignInCodeDocument, { input: { challengeToken } }),
    );
    expect(tally(outcomes)).toEqual({ CodeDelivery: 1, RESEND_TOO_SOON: 49 });
    expect(sentTo(phone)).toBe(sent + 1);
  });

  it('the next one in a set-up waits 30 seconds, even if the set-up is started anew', async () => {
    const { owner } = await scene.plainUser();
    const [phone, other] = [scene.newPhone(), scene.newPhone()];
    const outcomes = await atOnce(20, async () => {
      const started = await startTexts(owner, phone);
      return started.code ?? started.__typename;
    });
    expect(tally(outcomes)).toEqual({ PhoneSetup: 1, RESEND_TOO_SOON: 19 });
    expect(await startTexts(owner, other)).toMatchObject({ __typename: 'PhoneSetup' });
    scene.service.clock.advance(30 * SECOND);
    expect(await startTexts(owner, phone)).toMatchObject({ __typename: 'PhoneSetup' });
    expect([sentTo(phone), sentTo(other)]).toEqual([2, 1]);
  });

  it('one that failed may be tried again at once', async () => {
    const { email } = await scene.textUser();
    scene.service.clock.advance(MINUTE);
    scene.service.outbox.carrierDown = true;
    const { challengeToken, deliveryProblem } = await program().challenge(email);
    expect(deliveryProblem).toMatchObject({ code: 'SMS_NOT_SENT', retryAt: null });
    expect(await resend(challengeToken)).toMatchObject({ code: 'SMS_NOT_SENT' });
    const { owner } = await scene.plainUser();
    const phone = scene.newPhone();
    expect(await startTexts(owner, phone)).toMatchObject({ code: 'SMS_NOT_SENT' });
    scene.service.outbox.carrierDown = false;
    expect(await resend(challengeToken)).toMatchObject({ __typename: 'CodeDelivery' });
    expect(await verify(challengeToken, lastCode())).toBe('SignedIn');
    expect(await startTexts(owner, phone)).toMatchObject({ __typename: 'PhoneSetup' });
  });

  it('ten an hour an account, over set-up and sign-in', async () => {
    const { email, recoveryCode, phone } = await scene.textUser();
    const first = now();
    for (let i = 0; i < 5; i++) expect(await textAtSignIn(email)).toBe('sent');
    scene.service.clock.advance(10 * MINUTE);
    for (let i = 0; i < 4; i++) expect(await textAtSignIn(email)).toBe('sent');
    const code = lastCode();
    const { challengeToken, deliveryProblem } = await program().challenge(email);
    expect(deliveryProblem).toMatchObject(spent(first + HOUR));
    expect(sentTo(phone)).toBe(10);
    expect(await resend(challengeToken)).toMatchObject(spent(first + HOUR));
    // The budget is for texts: other ways in stay open.
    expect(await verify(challengeToken, code)).toBe('CODE_EXPIRED');
    const input = { challengeToken, recoveryCode };
    expect(await ended(program(), VerifyRecoveryCodeDocument, { input })).toBe('SignedIn');
  });

  it('a spent budget does not stand in the way of a code that is under way, or of the app', async () => {
    const { email, owner } = await scene.textUser();
    const { challengeToken } = await program().challenge(email);
    const code = lastCode();
    for (let i = 0; i < 4; i++) await textAtSignIn(email);
    expect(await textAtSignIn(email)).toMatchObject({ code: 'TEXT_LIMIT_REACHED' });
    expect(await verify(challengeToken, code)).toBe('SignedIn');
    await owner.confirmPassword();
    const { app } = await owner.enableApp(now);
    scene.service.clock.advance(30 * SECOND);
    const next = await program().challenge(email);
    expect(next.deliveryProblem).toBeNull();
    expect(await verify(next.challengeToken, app.code())).toBe('SignedIn');
  });

  it('five in ten minutes a number, also when 50 sign-ins come at once', async () => {
    const { email, phone } = await scene.textUser();
    const first = now();
    const outcomes = await atOnce(50, async () => {
      const outcome = await textAtSignIn(email);
      return outcome === 'sent' ? outcome : (outcome.code ?? '');
    });
    expect(tally(outcomes)).toEqual({ sent: 5, TEXT_LIMIT_REACHED: 45 });
    expect(await textAtSignIn(email)).toEqual(spent(first + 10 * MINUTE));
    expect(sentTo(phone)).toBe(6);
  });

  it('20 a day a number', async () => {
    const { email } = await scene.textUser();
    // The text of the set-up is out of the account's hour then.
    scene.service.clock.advance(HOUR);
    const first = now();
    for (let batch = 0; batch < 4; batch++) {
      for (let i = 0; i < 5; i++) expect(await textAtSignIn(email)).toBe('sent');
      scene.service.clock.advance(31 * MINUTE);
    }
    expect(await textAtSignIn(email)).toEqual(spent(first + DAY));
    scene.service.clock.set(first + DAY);
    expect(await textAtSignIn(email)).toBe('sent');
  });

  it('who types a victim’s number into set-ups does not lock the victim out of signing in, nor the other way about', async () => {
    const { email, phone } = await scene.textUser();
    for (let i = 0; i < 4; i++) {
      const { owner } = await scene.plainUser();
      expect(await startTexts(owner, phone)).toMatchObject({ __typename: 'PhoneSetup' });
    }
    const { owner } = await scene.plainUser();
    expect(await startTexts(owner, phone)).toMatchObject({ code: 'TEXT_LIMIT_REACHED' });
    expect(await textAtSignIn(email)).toBe('sent');
    const victim = await scene.textUser();
    for (let i = 0; i < 5; i++) await textAtSignIn(victim.email);
    expect(await textAtSignIn(victim.email)).toMatchObject({ code: 'TEXT_LIMIT_REACHED' });
    expect(await startTexts(owner, victim.phone)).toMatchObject({ __typename: 'PhoneSetup' });
  });

  it('a daily budget for each organisation and country prefix', async () => {
    const victim = await scene.service.organization();
    const { id, deps } = { id: victim.id, deps: scene.service.service.deps };
    const hour = now() - (now() % HOUR);
    const almost = [[hour, 499]];
    await deps.transaction(() => deps.limits.save(`texts:area:${id}:49`, almost, now() + 2 * DAY));
    const owner = await scene.service.signedIn((await victim.user()).email);
    expect(await startTexts(owner, scene.newPhone())).toMatchObject({ __typename: 'PhoneSetup' });
    const refused = await startTexts(owner, scene.newPhone());
    expect(refused).toMatchObject({ code: 'TEXT_LIMIT_REACHED' });
    expect(Date.parse(refused.retryAt ?? '')).toBeGreaterThan(now() + 23 * HOUR);
    expect(await startTexts(owner, '+33612345678')).toMatchObject({ __typename: 'PhoneSetup' });
    const { owner: elsewhere } = await scene.plainUser();
    expect(await startTexts(elsewhere, scene.newPhone())).toMatchObject({ __typename: 'PhoneSetup' });
  });

  it('a text is counted before the carrier is asked, and a carrier that gives up late is a Problem', async () => {
    const { email } = await scene.textUser();
    scene.service.clock.advance(MINUTE);
    let called = 0;
    let giveUp: () => void = () => undefined;
    const dialled = new Promise<void>((resolve) => {
      carrier = () => {
        called += 1;
        resolve();
        return new Promise((_, reject) => (giveUp = () => reject(new Error('Too late.'))));
      };
    });
    const waiting = slow.client().challenge(email);
    await dialled;
    // The first text is still with the carrier, and the budget of the number knows it.
    const answers = await atOnce(5, () => textAtSignIn(email));
    expect(answers.filter((answer) => answer === 'sent')).toHaveLength(4);
    giveUp();
    const { challengeToken, delivery, deliveryProblem } = await waiting;
    expect({ called, delivery, code: deliveryProblem?.code }).toEqual({
      called: 1,
      delivery: null,
      code: 'SMS_NOT_SENT',
    });
    expect(await resend(challengeToken)).toMatchObject({ code: 'TEXT_LIMIT_REACHED' });
  });

  it('numbers that cannot or must not be texted are refused, and nothing is sent', async () => {
    const { owner } = await scene.plainUser();
    const sent = textsSent();
    const refused: [string, string | null, string][] = [
      ['', null, 'PHONE_NUMBER_INVALID'],
      ['+49', null, 'PHONE_NUMBER_INVALID'],
      ['015123456742', null, 'PHONE_NUMBER_INVALID'],
      ['+4915123456742;ext=1', null, 'PHONE_NUMBER_INVALID'],
      ['tel:+4915123456742', null, 'PHONE_NUMBER_INVALID'],
      ['+49１５１23456742', null, 'PHONE_NUMBER_INVALID'],
      ['+4915123456742,+4915123456743', null, 'PHONE_NUMBER_INVALID'],
      ['+999123456789', null, 'PHONE_NUMBER_INVALID'],
      ['110', 'DE', 'PHONE_NUMBER_NOT_ALLOWED'],
      ['+499001234567', null, 'PHONE_NUMBER_NOT_ALLOWED'],
      ['0900 1234567', 'DE', 'PHONE_NUMBER_NOT_ALLOWED'],
      ['+19002345678', null, 'PHONE_NUMBER_NOT_ALLOWED'],
      ['+882123456789', null, 'PHONE_NUMBER_NOT_ALLOWED'],
    ];
    for (const [number, country, code] of refused) {
      expect({ number, ...(await startTexts(owner, number, country)) }).toMatchObject({
        number,
        code,
        field: 'phoneNumber',
      });
    }
    expect(textsSent()).toBe(sent);
  });

  it('a method that the organisation forbids sends nothing', async () => {
    const appsOnly = await scene.service.organization({ allowedMethods: ['TOTP'] });
    const owner = await scene.service.signedIn((await appsOnly.user()).email);
    const sent = textsSent();
    expect(await startTexts(owner, scene.newPhone())).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    expect(textsSent()).toBe(sent);
  });

  it('primary and backup phone differ, also where both changes were started before either was confirmed', async () => {
    const { owner, phone } = await scene.textUser();
    await owner.confirmPassword();
    const duplicate = { code: 'PHONE_NUMBER_DUPLICATE' };
    expect(await startPhone(owner, 'BACKUP', phone)).toMatchObject({ ...duplicate, field: 'phoneNumber' });
    const both = scene.newPhone();
    await startPhone(owner, 'BACKUP', both);
    const codeForBackup = lastCode();
    scene.service.clock.advance(30 * SECOND);
    await startPhone(owner, 'PRIMARY', both);
    const codeForPrimary = lastCode();
    const confirm = (slot: 'PRIMARY' | 'BACKUP', code: string) =>
      ended(owner, ConfirmPhoneChangeDocument, { input: { slot, code } });
    const outcomes = await Promise.all([
      confirm('PRIMARY', codeForPrimary),
      confirm('BACKUP', codeForBackup),
    ]);
    expect(tally(outcomes)).toEqual({ PhoneChanged: 1, PHONE_NUMBER_DUPLICATE: 1 });
  });

  it('a set-up’s code is good for that set-up alone', async () => {
    const { owner } = await scene.plainUser();
    await startTexts(owner, scene.newPhone());
    const first = lastCode();
    await startTexts(owner, scene.newPhone());
    const enable = (code: string) => ended(owner, EnableTwoFactorDocument, { input: { code } });
    if (first !== lastCode()) expect(await enable(first)).toBe('INVALID_CODE');
    expect(await enable(lastCode())).toBe('TwoFactorEnabled');
  });
});
