import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConfirmPhoneChangeDocument,
  DisableTwoFactorDocument,
  RegenerateRecoveryCodeDocument,
  RemoveBackupPhoneDocument,
  ReportNotMeDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  SignInDocument,
  StartPhoneChangeDocument,
  StartTwoFactorDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { limitKeys } from '@twofold/core/limits/limit-keys';
import { DAY, MINUTE } from '@twofold/core/ports';
import type { Session } from '@twofold/core/session/session';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import { mailedLink } from '../harness/mailed-link.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { atOnce, ended, iso, openScene, resultOf, tally } from '../harness/scene.js';

const NEW_PASSWORD = 'violet umbrella tango 71';

const newSession = (userId: string, now: number): Session => ({
  ...{ id: 'session-in-a-race', userId, signedInAt: now, lastSeenAt: now },
  ...{ idleExpiresAt: now + DAY, absoluteExpiresAt: now + DAY, keepSignedIn: false, browserId: null },
  ...{ passwordConfirmedUntil: null, phoneChangeFreeUntil: null, device: null, address: null },
});

describe.each(databases)('the way back, on $name', ({ open }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open);
  });
  afterAll(() => scene.close());

  const linkOf = (email: string, page: string, known?: string) =>
    mailedLink(scene.service, email, page, known);
  async function reset(token: string): Promise<string> {
    const input = { token, newPassword: NEW_PASSWORD };
    const { resetPassword } = await scene.service.client().run(ResetPasswordDocument, { input });
    return 'code' in resetPassword ? resetPassword.code : 'DONE';
  }
  const report = (token: string) =>
    resultOf(scene.service.client(), ReportNotMeDocument, { input: { token } });
  const reportEnd = async (token: string) => {
    const { __typename, code } = await report(token);
    return code ?? __typename;
  };
  const isDead = async (client: Client) =>
    (await client.send(print(ViewerDocument))).errors?.[0]?.extensions.code === 'UNAUTHENTICATED';
  const signInEnd = (email: string, password = PASSWORD) =>
    ended(scene.service.client(), SignInDocument, {
      input: { email, password, transport: 'BEARER' as const },
    });
  async function secured() {
    const person = await scene.textUser();
    await report(await linkOf(person.email, 'not-me'));
    return person;
  }

  it('WAY-BACK-1: the mail about a change has a link that is good once, for 24 hours', async () => {
    const { email } = await scene.textUser();
    const token = await linkOf(email, 'not-me');
    expect(scene.service.outbox.mails.at(-1)?.text).toContain(
      'If it was not you, open this link within 24 hours.',
    );
    scene.service.clock.advance(DAY - 1);
    expect(await report(token)).toMatchObject({
      __typename: 'NotMeReported',
      endedSessions: 0,
      frozenUntil: iso(scene.now() + DAY),
    });
    expect(await reportEnd(token)).toBe('LINK_EXPIRED');

    const { email: late } = await scene.textUser();
    const old = await linkOf(late, 'not-me');
    scene.service.clock.advance(DAY);
    expect(await reportEnd(old)).toBe('LINK_EXPIRED');
    expect(await signInEnd(late)).toBe('TwoFactorChallenge');
  });

  it('WAY-BACK-2: every session and every sign-in under way ends', async () => {
    const { email, owner, recoveryCode } = await scene.textUser();
    const token = await linkOf(email, 'not-me');
    const { challengeToken } = await scene.service.client().challenge(email);
    expect(await report(token)).toMatchObject({ endedSessions: 1 });
    expect(await isDead(owner)).toBe(true);
    const input = { challengeToken, recoveryCode };
    expect(await ended(scene.service.client(), VerifyRecoveryCodeDocument, { input })).toBe(
      'CHALLENGE_EXPIRED',
    );
  });

  it('WAY-BACK-3: the old password opens nothing, until a new one is set by the link that is mailed', async () => {
    const { email } = await secured();
    expect(await signInEnd(email)).toBe('PASSWORD_RESET_DUE');
    expect(await signInEnd(email, 'not the password')).toBe('INVALID_CREDENTIALS');
    expect(await reset(await linkOf(email, 'reset-password'))).toBe('DONE');
    // The second factor is still due.
    expect(await signInEnd(email, NEW_PASSWORD)).toBe('TwoFactorChallenge');
  });

  it('WAY-BACK-4: for 24 hours nobody changes a factor', async () => {
    const { email, recoveryCode } = await scene.textUser();
    const token = await linkOf(email, 'not-me');
    const { frozenUntil } = (await report(token)) as { frozenUntil?: string };
    await reset(await linkOf(email, 'reset-password'));
    const owner = await signedInByText(email);
    await owner.confirmPassword(NEW_PASSWORD);
    const phoneNumber = scene.newPhone();
    const frozen = { __typename: 'Problem', code: 'CHANGES_FROZEN', retryAt: frozenUntil };
    const changes = [
      await resultOf(owner, StartTwoFactorDocument, { input: { method: 'TOTP' as const } }),
      await resultOf(owner, StartPhoneChangeDocument, { input: { slot: 'BACKUP' as const, phoneNumber } }),
      await resultOf(owner, ConfirmPhoneChangeDocument, {
        input: { slot: 'BACKUP' as const, code: '000000' },
      }),
      await resultOf(owner, RemoveBackupPhoneDocument, {}),
      await resultOf(owner, RegenerateRecoveryCodeDocument, {}),
      await resultOf(owner, DisableTwoFactorDocument, { input: { password: NEW_PASSWORD } }),
    ];
    expect(changes).toEqual(changes.map(() => expect.objectContaining(frozen) as unknown));

    // The recovery code still gets its owner in; what follows is a first set-up, which takes nothing from anybody.
    const { challengeToken } = await challenged(email);
    const recovering = scene.service.client();
    const input = { challengeToken, recoveryCode };
    const { verifyRecoveryCode } = await recovering.run(VerifyRecoveryCodeDocument, { input });
    recovering.token =
      'sessionToken' in verifyRecoveryCode ? (verifyRecoveryCode.sessionToken ?? null) : null;
    expect(await ended(recovering, StartTwoFactorDocument, { input: { method: 'TOTP' } })).toBe(
      'AuthenticatorSetup',
    );
  });

  it('WAY-BACK-5: after 24 hours the factors may be changed again', async () => {
    const { email } = await secured();
    await reset(await linkOf(email, 'reset-password'));
    scene.service.clock.advance(DAY);
    const owner = await signedInByText(email);
    await owner.confirmPassword(NEW_PASSWORD);
    expect(await ended(owner, StartTwoFactorDocument, { input: { method: 'TOTP' } })).toBe(
      'AuthenticatorSetup',
    );
  });

  it('threat: forged links, and those for something else, change nothing', async () => {
    const { email, owner } = await scene.textUser();
    await linkOf(email, 'not-me');
    for (const token of ['', 'forged', 'x'.repeat(10_000), owner.token ?? ''])
      expect(await reportEnd(token)).toBe('LINK_EXPIRED');
    const { email: other } = await secured();
    expect(await reportEnd(await linkOf(other, 'reset-password'))).toBe('LINK_EXPIRED');
    expect(await isDead(owner)).toBe(false);
  });

  it('threat: 50 uses of one link at once count once', async () => {
    const { email } = await scene.textUser();
    const token = await linkOf(email, 'not-me');
    expect(tally(await atOnce(50, () => reportEnd(token)))).toEqual({ NotMeReported: 1, LINK_EXPIRED: 49 });
  });

  it('a reset that was under way is dead, and only the one of the new mail counts', async () => {
    const { email } = await scene.textUser();
    const token = await linkOf(email, 'not-me');
    await scene.service.client().run(RequestPasswordResetDocument, { input: { email } });
    const before = await linkOf(email, 'reset-password');
    await report(token);
    expect(await reset(before)).toBe('LINK_EXPIRED');
    expect(await reset(await linkOf(email, 'reset-password', before))).toBe('DONE');
  });

  it('threat: a sign-in that is being settled at that moment leaves no session behind', async () => {
    const { id, email } = await scene.textUser();
    const token = await linkOf(email, 'not-me');
    const { deps, database } = scene.service.service;
    // As signIn settles a password: under the count of the email, with what it has read there.
    let settling = (): void => undefined;
    const isSettling = new Promise<void>((resolve) => (settling = resolve));
    const signedIn = database.transaction(async () => {
      await deps.limits.lock([limitKeys.password(deps.digest, email, null).account]);
      const current = await deps.users.credentialsById(id);
      settling();
      await sleep(300);
      if (!current?.passwordResetDue) await deps.sessions.create(newSession(id, scene.now()), 'hash-of-it');
    });
    await isSettling;
    expect(await reportEnd(token)).toBe('NotMeReported');
    await signedIn;
    expect(await database.sql.all('SELECT id FROM sessions WHERE user_id = ?', [id])).toEqual([]);
  });

  async function challenged(email: string) {
    const client = scene.service.client();
    const input = { email, password: NEW_PASSWORD, transport: 'BEARER' as const };
    const { signIn } = await client.run(SignInDocument, { input });
    if (signIn.__typename !== 'TwoFactorChallenge') throw new Error(`signIn answered ${signIn.__typename}`);
    scene.service.clock.advance(MINUTE);
    return { client, challengeToken: signIn.challengeToken };
  }

  async function signedInByText(email: string): Promise<Client> {
    const { client, challengeToken } = await challenged(email);
    const code = scene.service.outbox.lastCode();
    const { verifyTwoFactorCode } = await client.run(VerifyTwoFactorCodeDocument, {
      input: { challengeToken, code },
    });
    client.token = 'sessionToken' in verifyTwoFactorCode ? (verifyTwoFactorCode.sessionToken ?? null) : null;
    return client;
  }
});
