import {
  ConfirmPhoneChangeDocument,
  DisableTwoFactorDocument,
  EnableTwoFactorDocument,
  StartPhoneChangeDocument,
  StartTwoFactorDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { MINUTE } from '@twofold/core/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { App } from '../harness/client.js';
import type { Client } from '../harness/client.js';
import { PASSWORD } from '../harness/password.js';
import { atOnce, ended, tally } from '../harness/scene.js';
import type { TwoNodes } from '../harness/two-nodes.js';
import { openTwoNodes } from '../harness/two-nodes.js';

const TIMES = 50;

describe.each(databases)('what works once works once, on $name with two nodes', ({ open }) => {
  let scene: TwoNodes;
  beforeAll(async () => {
    scene = await openTwoNodes(open);
  });
  afterAll(() => scene.close());

  const lastCode = () => scene.service.outbox.lastCode();
  const nodeOf = (index: number) => scene.nodeOf(index);
  /** The same session on either node. */
  function onNode(index: number, owner: Client): Client {
    const client = nodeOf(index).client();
    client.token = owner.token;
    return client;
  }
  const verify = (index: number, challengeToken: string, code: string) =>
    ended(nodeOf(index).client(), VerifyTwoFactorCodeDocument, { input: { challengeToken, code } });
  const recover = (index: number, challengeToken: string, recoveryCode: string) =>
    ended(nodeOf(index).client(), VerifyRecoveryCodeDocument, { input: { challengeToken, recoveryCode } });
  const challengeOf = async (email: string, index = 0) =>
    (await nodeOf(index).client().challenge(email)).challengeToken;
  const sessionsOf = async (id: string) =>
    (await scene.database.database.sql.all('SELECT id FROM sessions WHERE user_id = ?', [id])).length;

  it('a text code used 50 times at once opens one session, and the losers lock nobody out', async () => {
    const { id, email } = await scene.textUser();
    const challenge = await challengeOf(email);
    const code = lastCode();
    expect(tally(await atOnce(TIMES, (i) => verify(i, challenge, code)))).toEqual({
      SignedIn: 1,
      CHALLENGE_EXPIRED: TIMES - 1,
    });
    expect(await sessionsOf(id)).toBe(2);
    const next = await challengeOf(email);
    expect(await verify(0, next, lastCode())).toBe('SignedIn');
  });

  it('an app code used 50 times at once on one challenge opens one session, and the losers lock nobody out', async () => {
    const { id, email, app } = await scene.appUser();
    const challenge = await challengeOf(email);
    expect(tally(await atOnce(TIMES, (i) => verify(i, challenge, app.code())))).toEqual({
      SignedIn: 1,
      CHALLENGE_EXPIRED: TIMES - 1,
    });
    expect(await sessionsOf(id)).toBe(2);
    scene.service.clock.advance(MINUTE);
    expect(await verify(0, await challengeOf(email), app.code())).toBe('SignedIn');
  });

  it('an app code seen by a thief opens one session, however many challenges it is used on', async () => {
    const { id, email, app } = await scene.appUser();
    const challenges = await atOnce(TIMES, (i) => challengeOf(email, i));
    const outcomes = tally(await atOnce(TIMES, (i) => verify(i, challenges[i] ?? '', app.code())));
    const { SignedIn, INVALID_CODE, TOO_MANY_ATTEMPTS, ...others } = outcomes;
    expect({ SignedIn, others }).toEqual({ SignedIn: 1, others: {} });
    expect((INVALID_CODE ?? 0) + (TOO_MANY_ATTEMPTS ?? 0)).toBe(TIMES - 1);
    expect(await sessionsOf(id)).toBe(2);
  });

  it('a recovery code used 50 times at once on one challenge signs in once', async () => {
    const { id, email, recoveryCode } = await scene.appUser();
    const challenge = await challengeOf(email);
    expect(tally(await atOnce(TIMES, (i) => recover(i, challenge, recoveryCode)))).toEqual({
      SignedIn: 1,
      CHALLENGE_EXPIRED: TIMES - 1,
    });
    expect(await sessionsOf(id)).toBe(1);
  });

  it('a recovery code used at once on many challenges signs in once', async () => {
    const { id, email, recoveryCode } = await scene.textUser();
    const challenges = await atOnce(TIMES, (i) => challengeOf(email, i));
    const outcomes = tally(await atOnce(TIMES, (i) => recover(i, challenges[i] ?? '', recoveryCode)));
    expect(outcomes).toEqual({ SignedIn: 1, CHALLENGE_EXPIRED: TIMES - 1 });
    expect(await sessionsOf(id)).toBe(1);
  });

  it('a challenge that is answered by code and by recovery code at once opens one session', async () => {
    const { id, email, app, recoveryCode } = await scene.appUser();
    const challenge = await challengeOf(email);
    const outcomes = await atOnce(TIMES, (i) =>
      i % 4 < 2 ? verify(i, challenge, app.code()) : recover(i, challenge, recoveryCode),
    );
    expect(tally(outcomes)).toEqual({ SignedIn: 1, CHALLENGE_EXPIRED: TIMES - 1 });
    expect(await sessionsOf(id)).toBeLessThanOrEqual(2);
  });

  it('a set-up is switched on once, and the recovery code that was shown is the one in force', async () => {
    const { email, owner } = await scene.plainUser();
    const { startTwoFactor } = await owner.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error(startTwoFactor.__typename);
    const app = new App(startTwoFactor.manualKey, scene.now);
    const answers = await atOnce(TIMES, async (i) => {
      const answer = await onNode(i, owner).run(EnableTwoFactorDocument, { input: { code: app.code() } });
      return answer.enableTwoFactor;
    });
    const enabled = answers.filter((answer) => answer.__typename === 'TwoFactorEnabled');
    const refused = answers.flatMap((answer) => (answer.__typename === 'Problem' ? [answer.code] : []));
    expect(enabled).toHaveLength(1);
    expect(tally(refused)).toEqual({ SETUP_EXPIRED: TIMES - 1 });
    const recoveryCode = enabled[0]?.recoveryCode ?? '';
    expect(await recover(0, await challengeOf(email), recoveryCode)).toBe('SignedIn');
  });

  it('a phone change is confirmed once', async () => {
    const { owner } = await scene.textUser();
    await owner.confirmPassword();
    const input = { slot: 'BACKUP' as const, phoneNumber: scene.newPhone() };
    expect(await ended(owner, StartPhoneChangeDocument, { input })).toBe('CodeDelivery');
    const code = lastCode();
    const confirmed = await atOnce(TIMES, (i) =>
      ended(onNode(i, owner), ConfirmPhoneChangeDocument, { input: { slot: 'BACKUP', code } }),
    );
    expect(tally(confirmed)).toEqual({ PhoneChanged: 1, SETUP_EXPIRED: TIMES - 1 });
  });

  it('two-factor is switched off once', async () => {
    const { owner } = await scene.appUser();
    const outcomes = await atOnce(TIMES, (i) =>
      ended(onNode(i, owner), DisableTwoFactorDocument, { input: { password: PASSWORD } }),
    );
    expect(tally(outcomes)).toEqual({ TwoFactorDisabled: 1, TWO_FACTOR_NOT_ENABLED: TIMES - 1 });
  });
});
