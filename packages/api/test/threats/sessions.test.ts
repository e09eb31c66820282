import {
  ChangePasswordDocument,
  EnableTwoFactorDocument,
  RegenerateRecoveryCodeDocument,
  RemoveBackupPhoneDocument,
  SignInDocument,
  SignOutDocument,
  StartPhoneChangeDocument,
  StartTwoFactorDocument,
  TwoFactorSettingsDocument,
  VerifyTwoFactorCodeDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { DAY, HOUR, MINUTE } from '@twofold/core/ports';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import { App } from '../harness/client.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { ended, iso, openScene, resultOf } from '../harness/scene.js';

const NEW_PASSWORD = 'violet umbrella tango 71';

describe.each(databases)('sessions, on $name', ({ open }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open);
  });
  afterAll(() => scene.close());

  const now = () => scene.now();
  const viewerOf = async (client: Client) => (await client.run(ViewerDocument)).viewer;
  const isDead = async (client: Client) =>
    (await client.send(print(ViewerDocument))).errors?.[0]?.extensions.code === 'UNAUTHENTICATED';
  async function signInKeeping(email: string, keepSignedIn: boolean): Promise<Client> {
    const client = scene.service.client();
    const input = { email, password: PASSWORD, transport: 'BEARER' as const, keepSignedIn };
    const { signIn } = await client.run(SignInDocument, { input });
    if (signIn.__typename === 'SignedIn') client.token = signIn.sessionToken ?? null;
    return client;
  }
  describe('how long they live', () => {
    it.each([
      { keepSignedIn: false, idle: 30 * MINUTE, absolute: 12 * HOUR },
      { keepSignedIn: true, idle: 14 * DAY, absolute: 30 * DAY },
    ])('keepSignedIn $keepSignedIn: ends unused, and in all', async ({ keepSignedIn, idle, absolute }) => {
      const { email } = await scene.signage.user();
      const unused = await signInKeeping(email, keepSignedIn);
      const used = await signInKeeping(email, keepSignedIn);
      const end = now() + absolute;
      expect((await unused.run(ViewerDocument)).session?.expiresAt).toBe(iso(now() + idle));
      scene.service.clock.advance(idle - 1);
      expect(await viewerOf(used)).not.toBeNull();
      scene.service.clock.advance(1);
      expect(await isDead(unused)).toBe(true);
      // A use is written down once a minute at most.
      const step = idle - MINUTE;
      for (let at = now(); at < end; at += step) {
        scene.service.clock.set(at);
        expect((await viewerOf(used))?.email).toBe(email);
      }
      scene.service.clock.set(end - 1);
      expect((await used.run(ViewerDocument)).session?.expiresAt).toBe(iso(end));
      scene.service.clock.set(end);
      expect(await isDead(used)).toBe(true);
    });

    it('each sign-in has a token of its own, of 256 bits, and signing out ends that one alone', async () => {
      const { email, owner } = await scene.plainUser();
      const other = await scene.service.signedIn(email);
      expect(other.token).not.toBe(owner.token);
      expect(Buffer.from(other.token ?? '', 'base64url')).toHaveLength(32);
      expect((await other.run(SignOutDocument)).signOut).toBe(true);
      expect(await isDead(other)).toBe(true);
      expect((await viewerOf(owner))?.email).toBe(email);
      expect((await scene.service.client().run(SignOutDocument)).signOut).toBe(true);
    });
  });

  describe('the confirmed password', () => {
    const startBackup = { input: { slot: 'BACKUP' as const, phoneNumber: '+4915123456799' } };
    const needing: [string, (client: Client) => Promise<string>][] = [
      ['twoFactorSettings', (client) => ended(client, TwoFactorSettingsDocument, {})],
      ['removeBackupPhone', (client) => ended(client, RemoveBackupPhoneDocument, {})],
      ['regenerateRecoveryCode', (client) => ended(client, RegenerateRecoveryCodeDocument, {})],
      ['startTwoFactor', (client) => ended(client, StartTwoFactorDocument, { input: { method: 'TOTP' } })],
      ['startPhoneChange', (client) => ended(client, StartPhoneChangeDocument, startBackup)],
    ];

    it('counts for ten minutes, in its own session alone, for all that starts something', async () => {
      const { email, owner } = await scene.textUser();
      // After switching on, a backup phone may be added for ten minutes without the password.
      scene.service.clock.advance(10 * MINUTE);
      const { challengeToken } = await scene.service.client().challenge(email);
      const other = scene.service.client();
      const code = scene.service.outbox.lastCode();
      const verified = await other.run(VerifyTwoFactorCodeDocument, { input: { challengeToken, code } });
      if (verified.verifyTwoFactorCode.__typename !== 'SignedIn') throw new Error('No session.');
      other.token = verified.verifyTwoFactorCode.sessionToken ?? null;
      const refusals = async (client: Client) => {
        const outcomes: string[] = [];
        for (const [, act] of needing) outcomes.push(await act(client));
        return [...new Set(outcomes)];
      };
      expect(await refusals(owner)).toEqual(['REAUTHENTICATION_REQUIRED']);
      expect((await owner.confirmPassword()).__typename).toBe('PasswordConfirmed');
      expect(await refusals(other)).toEqual(['REAUTHENTICATION_REQUIRED']);
      for (const [name, act] of needing) {
        expect([name, await act(owner)]).not.toEqual([name, 'REAUTHENTICATION_REQUIRED']);
      }
      scene.service.clock.advance(10 * MINUTE);
      expect(await refusals(owner)).toEqual(['REAUTHENTICATION_REQUIRED']);
    });

    it('the first set-up takes a sign-in of the last ten minutes in its stead', async () => {
      const { owner } = await scene.plainUser();
      const start = () => ended(owner, StartTwoFactorDocument, { input: { method: 'TOTP' } });
      scene.service.clock.advance(10 * MINUTE - 1);
      expect(await start()).toBe('AuthenticatorSetup');
      scene.service.clock.advance(1);
      expect(await start()).toBe('REAUTHENTICATION_REQUIRED');
      await owner.confirmPassword();
      expect(await start()).toBe('AuthenticatorSetup');
    });
  });

  it('a set-up belongs to the session that started it, and to its id where one is given', async () => {
    const { email, owner } = await scene.plainUser();
    const other = await scene.service.signedIn(email);
    const { startTwoFactor } = await owner.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error(startTwoFactor.__typename);
    const app = new App(startTwoFactor.manualKey, now);
    const enable = (client: Client, setupId: string | null) =>
      ended(client, EnableTwoFactorDocument, { input: { code: app.code(), setupId } });
    expect(await enable(other, null)).toBe('SETUP_EXPIRED');
    expect(await enable(other, startTwoFactor.setupId)).toBe('SETUP_EXPIRED');
    expect(await enable(owner, '0190a0a0-0000-7000-8000-000000000000')).toBe('SETUP_EXPIRED');
    expect(await enable(owner, startTwoFactor.setupId)).toBe('TwoFactorEnabled');
    // The step that proved the set-up is used: who saw that code cannot sign in with it.
    const { challengeToken } = await scene.service.client().challenge(email);
    const input = { challengeToken, code: app.code() };
    expect(await ended(scene.service.client(), VerifyTwoFactorCodeDocument, { input })).toBe('INVALID_CODE');
  });

  it('a new password tells how many sessions it ended, and the old one is dead', async () => {
    const { email, owner } = await scene.plainUser();
    await scene.service.signedIn(email);
    await scene.service.signedIn(email);
    const change = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    expect(await resultOf(owner, ChangePasswordDocument, { input: change })).toMatchObject({
      __typename: 'PasswordChanged',
      endedSessions: 2,
    });
    expect(await scene.service.client().signIn(email)).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(await scene.service.client().signIn(email, NEW_PASSWORD)).toMatchObject({
      __typename: 'SignedIn',
    });
  });
});
