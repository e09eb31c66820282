import {
  EnableTwoFactorDocument,
  SendSignInCodeDocument,
  SignInDocument,
  StartTwoFactorDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { DAY, HOUR, MINUTE, SECOND } from '@twofold/core/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purgeExpired } from '../../src/store/purge-expired.js';
import { databases } from '../databases/open-test-database.js';
import { App } from '../harness/client.js';
import type { Client } from '../harness/client.js';
import { PASSWORD } from '../harness/password.js';
import { otherThan } from '../harness/outbox.js';
import { atOnce, ended, iso, resultOf, tally, wrongFor } from '../harness/scene.js';
import type { TwoNodes } from '../harness/two-nodes.js';
import { openTwoNodes } from '../harness/two-nodes.js';

const WRONG = 'not the password';

describe.each(databases)('guessing codes, on $name with two nodes', ({ open }) => {
  let scene: TwoNodes;
  beforeAll(async () => {
    scene = await openTwoNodes(open);
  });
  afterAll(() => scene.close());

  const now = () => scene.now();
  const lastCode = () => scene.service.outbox.lastCode();
  const nodeOf = (index: number) => scene.nodeOf(index);
  const answerTo = (challengeToken: string, code: string, index = 0) =>
    resultOf(nodeOf(index).client(), VerifyTwoFactorCodeDocument, { input: { challengeToken, code } });
  const verify = (challengeToken: string, code: string, index = 0) =>
    ended(nodeOf(index).client(), VerifyTwoFactorCodeDocument, { input: { challengeToken, code } });
  const recover = (challengeToken: string, recoveryCode: string, index = 0) =>
    ended(nodeOf(index).client(), VerifyRecoveryCodeDocument, { input: { challengeToken, recoveryCode } });
  const challengeOf = async (email: string, index = 0) =>
    (await nodeOf(index).client().challenge(email)).challengeToken;
  const signInAs = (email: string, password: string, index = 0) =>
    resultOf(nodeOf(index).client(), SignInDocument, { input: { email, password, transport: 'BEARER' } });

  async function failTimes(email: string, app: App, times: number): Promise<void> {
    const challenge = await challengeOf(email);
    for (let i = 0; i < times; i++) expect(await verify(challenge, wrongFor(app), i)).toBe('INVALID_CODE');
  }

  describe('codes', () => {
    it('100 wrong codes at once, on four challenges and two nodes: ten are compared', async () => {
      const { email, app } = await scene.appUser();
      const challenges = await atOnce(4, (i) => challengeOf(email, i));
      const outcomes = await atOnce(100, (i) => verify(challenges[i % 4] ?? '', wrongFor(app), i));
      expect(tally(outcomes)).toEqual({ INVALID_CODE: 10, TOO_MANY_ATTEMPTS: 90 });
    });

    it('100 wrong text codes at once: ten are compared', async () => {
      const { email } = await scene.textUser();
      const challenge = await challengeOf(email);
      const wrong = otherThan(lastCode());
      const outcomes = await atOnce(100, (i) => verify(challenge, wrong, i));
      expect(tally(outcomes)).toEqual({ INVALID_CODE: 10, TOO_MANY_ATTEMPTS: 90 });
    });

    it('right and wrong are answered alike until retryAt, and live sessions stay', async () => {
      const { email, owner, app } = await scene.appUser();
      await failTimes(email, app, 10);
      const retryAt = iso(now() + 15 * MINUTE);
      const challenge = await challengeOf(email, 1);
      const wrong = await answerTo(challenge, wrongFor(app));
      expect(wrong).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAt });
      expect(await answerTo(challenge, app.code(), 1)).toEqual(wrong);
      scene.service.clock.advance(15 * MINUTE - 1);
      const later = await challengeOf(email);
      expect(await answerTo(later, app.code())).toEqual(wrong);
      expect((await owner.run(ViewerDocument)).viewer?.email).toBe(email);
      scene.service.clock.advance(1);
      expect(await verify(later, app.code())).toBe('SignedIn');
    });

    it('a right password, a new challenge and a new text reset nothing', async () => {
      const { email } = await scene.textUser();
      const challenge = await challengeOf(email);
      for (let i = 0; i < 4; i++) await verify(challenge, otherThan(lastCode()));
      scene.service.clock.advance(30 * SECOND);
      const input = { challengeToken: challenge };
      expect(await ended(scene.service.client(), SendSignInCodeDocument, { input })).toBe('CodeDelivery');
      for (let i = 0; i < 3; i++) await verify(challenge, otherThan(lastCode()), i);
      const next = await challengeOf(email, 1);
      for (let i = 0; i < 3; i++) expect(await verify(next, otherThan(lastCode()), i)).toBe('INVALID_CODE');
      expect(await verify(next, lastCode())).toBe('TOO_MANY_ATTEMPTS');
      expect(await verify(await challengeOf(email), lastCode())).toBe('TOO_MANY_ATTEMPTS');
    });

    it('text and app are counted together, also over a change of method', async () => {
      const { email, owner } = await scene.textUser();
      const challenge = await challengeOf(email);
      for (let i = 0; i < 6; i++) await verify(challenge, otherThan(lastCode()));
      await owner.confirmPassword();
      const { app } = await owner.enableApp(now);
      scene.service.clock.advance(30 * SECOND);
      await failTimes(email, app, 4);
      expect(await verify(await challengeOf(email), app.code())).toBe('TOO_MANY_ATTEMPTS');
    });

    it('locks double up to 24 hours, and start over after 24 hours without a failure', async () => {
      const { email, app } = await scene.appUser();
      const locks: number[] = [];
      for (let lock = 0; lock < 9; lock++) {
        await failTimes(email, app, 10);
        const { retryAt } = await answerTo(await challengeOf(email), app.code());
        locks.push((Date.parse(retryAt ?? '') - now()) / MINUTE);
        scene.service.clock.set(Date.parse(retryAt ?? ''));
      }
      expect(locks).toEqual([15, 30, 60, 120, 240, 480, 960, 1_440, 1_440]);
      scene.service.clock.advance(DAY);
      await failTimes(email, app, 10);
      expect(await answerTo(await challengeOf(email), app.code())).toMatchObject({
        retryAt: iso(now() + 15 * MINUTE),
      });
    });

    it('a success breaks the row of failures but does not forget the locks', async () => {
      const { email, app } = await scene.appUser();
      await failTimes(email, app, 9);
      expect(await verify(await challengeOf(email), app.code())).toBe('SignedIn');
      scene.service.clock.advance(MINUTE);
      await failTimes(email, app, 10);
      scene.service.clock.advance(15 * MINUTE);
      expect(await verify(await challengeOf(email), app.code())).toBe('SignedIn');
      scene.service.clock.advance(MINUTE);
      await failTimes(email, app, 10);
      expect(await answerTo(await challengeOf(email), app.code())).toMatchObject({
        retryAt: iso(now() + 30 * MINUTE),
      });
    });

    it('a malformed code costs no attempt', async () => {
      const { email, app } = await scene.appUser();
      const challenge = await challengeOf(email);
      const malformed = [
        '',
        'abcdef',
        '12345',
        '1234567',
        '１２３４５６',
        '٠١٢٣٤٥',
        '+12345',
        ' 12345',
        '12345\n',
      ];
      for (const code of [...malformed, ...malformed]) {
        expect(await answerTo(challenge, code)).toMatchObject({ code: 'INVALID_CODE', field: 'code' });
      }
      expect(await verify(challenge, ` ${app.code()}`)).toBe('INVALID_CODE');
      expect(await verify(challenge, app.code())).toBe('SignedIn');
    });

    it('recovery codes have ten failures of their own', async () => {
      const { email, app, recoveryCode } = await scene.appUser();
      const { recoveryCode: foreign } = await scene.appUser();
      const challenges = await atOnce(4, (i) => challengeOf(email, i));
      const guesses = await atOnce(100, (i) => recover(challenges[i % 4] ?? '', foreign, i));
      expect(tally(guesses)).toEqual({ INVALID_CODE: 10, TOO_MANY_ATTEMPTS: 90 });
      const challenge = await challengeOf(email);
      expect(await recover(challenge, recoveryCode)).toBe('TOO_MANY_ATTEMPTS');
      expect(await verify(challenge, app.code())).toBe('SignedIn');
    });

    it('a lock on codes leaves the recovery code working', async () => {
      const { email, app, recoveryCode } = await scene.appUser();
      await failTimes(email, app, 10);
      expect(await recover(await challengeOf(email), recoveryCode)).toBe('SignedIn');
    });
  });

  describe('set-up codes', () => {
    async function start(owner: Client): Promise<App> {
      const { startTwoFactor } = await owner.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
      if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error(startTwoFactor.__typename);
      return new App(startTwoFactor.manualKey, now);
    }
    const enable = (owner: Client, code: string) =>
      resultOf(owner, EnableTwoFactorDocument, { input: { code } });

    it('five wrong codes end a set-up, also when 50 come at once', async () => {
      const { owner } = await scene.plainUser();
      const app = await start(owner);
      const outcomes = await atOnce(50, async () => (await enable(owner, wrongFor(app))).code ?? '');
      expect(tally(outcomes)).toEqual({ INVALID_CODE: 5, SETUP_EXPIRED: 45 });
      expect(await enable(owner, app.code())).toMatchObject({ code: 'SETUP_EXPIRED' });
      const again = await start(owner);
      expect(await enable(owner, again.code())).toMatchObject({ __typename: 'TwoFactorEnabled' });
    });

    it('20 wrong ones a day lock an account’s set-ups, and are no failed sign-ins', async () => {
      const { email, owner } = await scene.appUser();
      const startedAt = now();
      for (let i = 0; i < 4; i++) {
        await owner.confirmPassword();
        const app = await start(owner);
        for (let j = 0; j < 5; j++) expect((await enable(owner, wrongFor(app))).code).toBe('INVALID_CODE');
      }
      const app = await start(owner);
      const refused = { code: 'TOO_MANY_ATTEMPTS', retryAt: iso(startedAt + DAY) };
      expect(await enable(owner, wrongFor(app))).toMatchObject(refused);
      expect(await enable(owner, app.code())).toMatchObject(refused);
      const challenge = await challengeOf(email);
      expect(await verify(challenge, wrongFor(app))).toBe('INVALID_CODE');
      expect((await signInAs(email, PASSWORD)).__typename).toBe('TwoFactorChallenge');
    });
  });

  it('counts survive a restart, and the purge of what has expired', async () => {
    const { email, app } = await scene.appUser();
    const { recoveryCode: foreign } = await scene.appUser();
    await failTimes(email, app, 9);
    for (let i = 0; i < 10; i++) await recover(await challengeOf(email), foreign);
    const plain = (await scene.signage.user()).email;
    for (let i = 0; i < 10; i++) await signInAs(plain, WRONG);
    await scene.restartSecond();
    await purgeExpired(scene.database.database.sql, now());
    const challenge = await challengeOf(email, 1);
    expect(await verify(challenge, wrongFor(app), 1)).toBe('INVALID_CODE');
    expect(await verify(challenge, app.code(), 1)).toBe('TOO_MANY_ATTEMPTS');
    expect(await recover(challenge, foreign, 1)).toBe('TOO_MANY_ATTEMPTS');
    expect((await signInAs(plain, PASSWORD, 1)).code).toBe('TOO_MANY_ATTEMPTS');
    scene.service.clock.advance(HOUR);
    expect((await signInAs(plain, PASSWORD, 1)).__typename).toBe('SignedIn');
  });
});
