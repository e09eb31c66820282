import type { Result } from '@twofold/core/result';
import type { UseCases } from '@twofold/core/use-cases';
import { expect } from 'vitest';
import { PASSWORD } from '../harness/password.js';
import type { Fixture } from './fixture.js';
import { appUser, arrive, challenge, done, ended, scanned, textUser } from './fixture.js';

/** An operation on an account that is ready for it. */
export interface Ready {
  /** The same each time: the same code, the same password. */
  act(useCases: UseCases): Promise<Result<unknown>>;
  /** Expects the account to be wholly as after the operation. */
  happened(): Promise<void>;
}

const NEW_PASSWORD = 'violet umbrella tango 71';

async function enableFirst(fixture: Fixture): Promise<Ready> {
  const email = await fixture.user();
  const live = await fixture.session(email);
  const app = await scanned(fixture, live);
  const usedCode = app.code();
  const act = (useCases: UseCases) => useCases.enableTwoFactor(live, { code: usedCode, setupId: null });
  return {
    act,
    async happened() {
      expect(await ended(act(fixture.useCases))).toBe('SETUP_EXPIRED');
      const challengeToken = await challenge(fixture, email);
      const input = { challengeToken, method: null };
      expect(await ended(fixture.useCases.verifyTwoFactorCode({ ...input, code: usedCode }))).toBe(
        'INVALID_CODE',
      );
      expect(await ended(fixture.useCases.verifyTwoFactorCode({ ...input, code: app.code(1) }))).toBe('DONE');
    },
  };
}

async function enableReplacing(fixture: Fixture): Promise<Ready> {
  const { email, token, recoveryCode } = await textUser(fixture);
  done(await fixture.useCases.confirmPassword(await fixture.reload(token), PASSWORD));
  const live = await fixture.reload(token);
  const app = await scanned(fixture, live);
  const code = app.code();
  return {
    act: (useCases) => useCases.enableTwoFactor(live, { code, setupId: null }),
    async happened() {
      const texts = fixture.outbox.texts.length;
      const challengeToken = await challenge(fixture, email);
      expect(fixture.outbox.texts).toHaveLength(texts);
      const byApp = { challengeToken, method: null, code: app.code(1) };
      expect(await ended(fixture.useCases.verifyTwoFactorCode(byApp))).toBe('DONE');
      const byRecovery = { challengeToken: await challenge(fixture, email), recoveryCode };
      expect(await ended(fixture.useCases.verifyRecoveryCode(byRecovery))).toBe('DONE');
    },
  };
}

async function disable(fixture: Fixture): Promise<Ready> {
  const { email, token, recoveryCode } = await appUser(fixture);
  const pending = await challenge(fixture, email);
  const live = await fixture.reload(token);
  return {
    act: (useCases) => useCases.disableTwoFactor(live, PASSWORD),
    async happened() {
      const old = { challengeToken: pending, recoveryCode };
      expect(await ended(fixture.useCases.verifyRecoveryCode(old))).toBe('CHALLENGE_EXPIRED');
      expect((await arrive(fixture, email)).outcome).toBe('SIGNED_IN');
    },
  };
}

async function recover(fixture: Fixture): Promise<Ready> {
  const { email, token, recoveryCode } = await textUser(fixture);
  const input = { challengeToken: await challenge(fixture, email), recoveryCode };
  const act = (useCases: UseCases) => useCases.verifyRecoveryCode(input);
  return {
    act,
    async happened() {
      expect(await ended(act(fixture.useCases))).toBe('CHALLENGE_EXPIRED');
      expect(await fixture.useCases.useSession(token)).toBeNull();
      expect((await arrive(fixture, email)).outcome).toBe('SIGNED_IN');
    },
  };
}

async function verifyText(fixture: Fixture): Promise<Ready> {
  const { email, recoveryCode } = await textUser(fixture);
  const input = {
    challengeToken: await challenge(fixture, email),
    code: fixture.outbox.lastCode(),
    method: null,
  };
  const act = (useCases: UseCases) => useCases.verifyTwoFactorCode(input);
  return {
    act,
    async happened() {
      expect(await ended(act(fixture.useCases))).toBe('CHALLENGE_EXPIRED');
      const next = { challengeToken: await challenge(fixture, email), recoveryCode };
      expect(await ended(fixture.useCases.verifyRecoveryCode(next))).toBe('DONE');
    },
  };
}

async function verifyApp(fixture: Fixture): Promise<Ready> {
  const { email, app } = await appUser(fixture);
  const input = { challengeToken: await challenge(fixture, email), code: app.code(), method: null };
  const act = (useCases: UseCases) => useCases.verifyTwoFactorCode(input);
  return {
    act,
    async happened() {
      expect(await ended(act(fixture.useCases))).toBe('CHALLENGE_EXPIRED');
      const next = { ...input, challengeToken: await challenge(fixture, email) };
      expect(await ended(fixture.useCases.verifyTwoFactorCode(next))).toBe('INVALID_CODE');
    },
  };
}

async function changePhone(fixture: Fixture): Promise<Ready> {
  const { token } = await textUser(fixture);
  done(await fixture.useCases.confirmPassword(await fixture.reload(token), PASSWORD));
  const live = await fixture.reload(token);
  const phoneNumber = fixture.newPhone();
  const start = { slot: 'BACKUP', phoneNumber, defaultCountry: null } as const;
  done(await fixture.useCases.startPhoneChange(live, start));
  const input = { slot: 'BACKUP', code: fixture.outbox.lastCode() } as const;
  const act = (useCases: UseCases) => useCases.confirmPhoneChange(live, input);
  return {
    act,
    async happened() {
      expect(await ended(act(fixture.useCases))).toBe('SETUP_EXPIRED');
      expect(done(await fixture.useCases.viewSettings(live)).backupPhone).toBe(phoneNumber);
    },
  };
}

async function changePassword(fixture: Fixture): Promise<Ready> {
  const email = await fixture.user();
  const other = await arrive(fixture, email);
  const live = await fixture.session(email);
  const input = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
  return {
    act: (useCases) => useCases.changePassword(live, input),
    async happened() {
      await expect(arrive(fixture, email)).rejects.toThrow('INVALID_CREDENTIALS');
      expect((await arrive(fixture, email, NEW_PASSWORD)).outcome).toBe('SIGNED_IN');
      if (other.outcome !== 'SIGNED_IN') throw new Error('There was no other session.');
      expect(await fixture.useCases.useSession(other.token)).toBeNull();
    },
  };
}

export const operations: readonly {
  readonly name: string;
  /** How many mails the owner gets. */
  readonly mails: 0 | 1;
  prepare(fixture: Fixture): Promise<Ready>;
}[] = [
  { name: 'enableTwoFactor, the first', mails: 1, prepare: enableFirst },
  { name: 'enableTwoFactor, replacing a method', mails: 1, prepare: enableReplacing },
  { name: 'disableTwoFactor', mails: 1, prepare: disable },
  { name: 'verifyRecoveryCode', mails: 1, prepare: recover },
  { name: 'verifyTwoFactorCode, by text', mails: 1, prepare: verifyText },
  { name: 'verifyTwoFactorCode, by app', mails: 1, prepare: verifyApp },
  { name: 'confirmPhoneChange', mails: 1, prepare: changePhone },
  { name: 'changePassword', mails: 1, prepare: changePassword },
];
