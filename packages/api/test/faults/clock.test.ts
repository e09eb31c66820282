import {
  ConfirmPhoneChangeDocument,
  EnableTwoFactorDocument,
  SendSignInCodeDocument,
  SignOutDocument,
  StartPhoneChangeDocument,
  StartTwoFactorDocument,
  TwoFactorSettingsDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { HOUR, MINUTE, SECOND } from '@twofold/core/ports';
import { print } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { purgeExpired } from '../../src/store/purge-expired.js';
import { databases } from '../databases/open-test-database.js';
import { App } from '../harness/client.js';
import type { Client } from '../harness/client.js';
import { otherThan } from '../harness/outbox.js';
import type { Scene } from '../harness/scene.js';
import { ended, iso, openScene, resultOf, wrongFor } from '../harness/scene.js';

/**
 * A server's clock that is put right, or wrong. What ended by being used is gone and stays gone. What ends by time alone
 * holds its moment: it is over while the clock stands past it, and by no clock lives longer than until it. `ended` and
 * `resultOf` fail a test on errors[] and 5xx.
 */
describe.each(databases)('threat: the clock jumps an hour, on $name', ({ open }) => {
  let scene: Scene;
  let noon = 0;
  beforeAll(async () => {
    scene = await openScene(open);
  });
  beforeEach(() => {
    // A day later each time: nothing of one test is left for the next.
    scene.service.clock.advance(24 * HOUR);
    noon = scene.now();
  });
  afterAll(() => scene.close());

  /** The clock stands this far from where the test began. */
  const at = (distance: number) => scene.service.clock.set(noon + distance);
  const clocks = [HOUR, -HOUR, 0];
  const lastCode = () => scene.service.outbox.lastCode();
  const challengeOf = async (email: string) => (await scene.service.client().challenge(email)).challengeToken;
  const verify = (challengeToken: string, code: string) =>
    ended(scene.service.client(), VerifyTwoFactorCodeDocument, { input: { challengeToken, code } });
  const recover = (challengeToken: string, recoveryCode: string) =>
    ended(scene.service.client(), VerifyRecoveryCodeDocument, { input: { challengeToken, recoveryCode } });
  const enable = (owner: Client, code: string) => ended(owner, EnableTwoFactorDocument, { input: { code } });
  async function viewerOf(client: Client): Promise<string> {
    const { status, data, errors } = await client.send<{ viewer: { email: string } }>(print(ViewerDocument));
    expect(status).toBeLessThan(500);
    return errors?.[0]?.extensions.code ?? data?.viewer.email ?? 'nobody';
  }
  async function startApp(owner: Client): Promise<App> {
    const { startTwoFactor } = await owner.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error(startTwoFactor.__typename);
    return new App(startTwoFactor.manualKey, scene.now);
  }

  describe('what was used stays used, by whichever clock', () => {
    it('a challenge and its text code', async () => {
      const { email } = await scene.textUser();
      const challenge = await challengeOf(email);
      const code = lastCode();
      expect(await verify(challenge, code)).toBe('SignedIn');
      for (const clock of clocks) {
        at(clock);
        expect(await verify(challenge, code)).toBe('CHALLENGE_EXPIRED');
      }
    });

    it('a step of the app, and every step before it', async () => {
      const { email, app } = await scene.appUser();
      const used = app.code();
      const usedAt = scene.now() - noon;
      expect(await verify(await challengeOf(email), used)).toBe('SignedIn');
      at(usedAt - HOUR);
      expect(await verify(await challengeOf(email), app.code())).toBe('INVALID_CODE');
      expect(await verify(await challengeOf(email), used)).toBe('INVALID_CODE');
      at(usedAt);
      expect(await verify(await challengeOf(email), used)).toBe('INVALID_CODE');
      at(usedAt + 30 * SECOND);
      expect(await verify(await challengeOf(email), app.code())).toBe('SignedIn');
    });

    it('an app that signed in while the clock was ahead waits until the clock is there again; the recovery code does not', async () => {
      const { email, app, recoveryCode } = await scene.appUser();
      at(HOUR);
      expect(await verify(await challengeOf(email), app.code())).toBe('SignedIn');
      at(MINUTE);
      expect(await verify(await challengeOf(email), app.code())).toBe('INVALID_CODE');
      expect(await recover(await challengeOf(email), recoveryCode)).toBe('SignedIn');
    });

    it('a recovery code', async () => {
      const { email, recoveryCode } = await scene.textUser();
      const challenge = await challengeOf(email);
      expect(await recover(challenge, recoveryCode)).toBe('SignedIn');
      for (const clock of clocks) {
        at(clock);
        expect(await recover(challenge, recoveryCode)).toBe('CHALLENGE_EXPIRED');
        expect((await scene.service.client().signIn(email)).__typename).toBe('SignedIn');
      }
    });

    it('a set-up, and one that five wrong codes ended', async () => {
      const [first, second] = [await scene.plainUser(), await scene.plainUser()];
      const app = await startApp(first.owner);
      expect(await enable(first.owner, app.code())).toBe('TwoFactorEnabled');
      const other = await startApp(second.owner);
      for (let i = 0; i < 5; i++) expect(await enable(second.owner, wrongFor(other))).toBe('INVALID_CODE');
      for (const clock of [20 * MINUTE, -HOUR, 0]) {
        at(clock);
        expect(await enable(first.owner, app.code())).toBe('SETUP_EXPIRED');
        expect(await enable(second.owner, other.code())).toBe('SETUP_EXPIRED');
      }
    });

    it('a phone change', async () => {
      const { owner } = await scene.textUser();
      const change = { slot: 'BACKUP' as const, phoneNumber: scene.newPhone() };
      expect(await ended(owner, StartPhoneChangeDocument, { input: change })).toBe('CodeDelivery');
      const input = { slot: 'BACKUP' as const, code: lastCode() };
      expect(await ended(owner, ConfirmPhoneChangeDocument, { input })).toBe('PhoneChanged');
      for (const clock of [20 * MINUTE, -HOUR, 0]) {
        at(clock);
        expect(await ended(owner, ConfirmPhoneChangeDocument, { input })).toBe('SETUP_EXPIRED');
      }
    });

    it('a session that was signed out', async () => {
      const { owner } = await scene.plainUser();
      await owner.run(SignOutDocument);
      for (const clock of clocks) {
        at(clock);
        expect(await viewerOf(owner)).toBe('UNAUTHENTICATED');
      }
    });
  });

  describe('what ends by time ends at its moment', () => {
    it('a challenge is over past it, and dead for good once the purge has been there', async () => {
      const { email, app } = await scene.appUser();
      const [challenge, purged] = [await challengeOf(email), await challengeOf(email)];
      at(HOUR);
      expect(await verify(challenge, app.code())).toBe('CHALLENGE_EXPIRED');
      at(MINUTE);
      expect(await verify(challenge, app.code())).toBe('SignedIn');
      at(HOUR);
      await purgeExpired(scene.database.database.sql, scene.now());
      at(2 * MINUTE);
      expect(await verify(purged, app.code())).toBe('CHALLENGE_EXPIRED');
    });

    it('a session is over past it; a clock that was behind moves neither of its ends', async () => {
      const { email, owner } = await scene.plainUser();
      const expiresAt = async () => (await owner.run(ViewerDocument)).session?.expiresAt;
      const end = await expiresAt();
      at(-HOUR);
      expect(await viewerOf(owner)).toBe(email);
      expect(await expiresAt()).toBe(end);
      at(HOUR);
      expect(await viewerOf(owner)).toBe('UNAUTHENTICATED');
      await purgeExpired(scene.database.database.sql, scene.now());
      at(0);
      expect(await viewerOf(owner)).toBe('UNAUTHENTICATED');
    });

    it('a confirmed password, while the session lives', async () => {
      const { email, owner } = await scene.textUser();
      await owner.confirmPassword();
      const settings = () => ended(owner, TwoFactorSettingsDocument, {});
      at(10 * MINUTE - 1);
      expect(await settings()).toBe('TwoFactorSettings');
      at(10 * MINUTE);
      expect(await settings()).toBe('REAUTHENTICATION_REQUIRED');
      expect(await viewerOf(owner)).toBe(email);
      at(-HOUR);
      expect(await settings()).toBe('TwoFactorSettings');
    });

    it('a set-up is over past it, and leaves two-factor off', async () => {
      const { owner } = await scene.plainUser();
      const app = await startApp(owner);
      at(15 * MINUTE);
      expect(await enable(owner, app.code())).toBe('SETUP_EXPIRED');
      at(-HOUR);
      expect(await enable(owner, app.code())).toBe('TwoFactorEnabled');
    });

    it('a lock lasts until it and no longer, and a clock that was put back lifts none', async () => {
      const { email, app } = await scene.appUser();
      const start = scene.now() - noon;
      const challenge = await challengeOf(email);
      for (let i = 0; i < 10; i++) expect(await verify(challenge, wrongFor(app))).toBe('INVALID_CODE');
      const retryAt = iso(scene.now() + 15 * MINUTE);
      const locked = { code: 'TOO_MANY_ATTEMPTS', retryAt };
      const answer = async () => {
        const input = { challengeToken: await challengeOf(email), code: app.code() };
        return resultOf(scene.service.client(), VerifyTwoFactorCodeDocument, { input });
      };
      for (const clock of [0, -HOUR, 15 * MINUTE - 1]) {
        at(start + clock);
        expect(await answer()).toMatchObject(locked);
      }
      at(start + HOUR);
      expect(await verify(await challengeOf(email), wrongFor(app))).toBe('INVALID_CODE');
      at(start + 15 * MINUTE);
      expect(await answer()).toMatchObject({ __typename: 'SignedIn' });
    });

    it('the pause between two texts: put back, the clock gives no text more', async () => {
      const { email, phone } = await scene.textUser();
      const { challengeToken } = await scene.service.client().challenge(email);
      const code = lastCode();
      const sent = () => scene.service.outbox.texts.filter(({ to }) => to === phone).length;
      const before = sent();
      at(-HOUR);
      const again = await resultOf(scene.service.client(), SendSignInCodeDocument, {
        input: { challengeToken },
      });
      expect(again).toMatchObject({ code: 'RESEND_TOO_SOON', retryAt: iso(noon + 30 * SECOND) });
      expect(sent()).toBe(before);
      expect(await verify(challengeToken, otherThan(code))).toBe('INVALID_CODE');
      expect(await verify(challengeToken, code)).toBe('SignedIn');
    });
  });
});
