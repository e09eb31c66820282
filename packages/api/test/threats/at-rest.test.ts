import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import {
  ChangePasswordDocument,
  ConfirmPhoneChangeDocument,
  EnableTwoFactorDocument,
  SendSignInCodeDocument,
  StartPhoneChangeDocument,
  StartTwoFactorDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { print } from 'graphql';
import { Secret } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArgon2Hasher } from '../../src/adapters/passwords/argon2-hasher.js';
import { databases } from '../databases/open-test-database.js';
import { App } from '../harness/client.js';
import { PASSWORD } from '../harness/password.js';
import { otherThan } from '../harness/outbox.js';
import type { Person, Scene } from '../harness/scene.js';
import { ended, openScene, wrongFor } from '../harness/scene.js';
import { dumpTables } from './tables.js';

const NEW_PASSWORD = 'violet umbrella tango 71';
const WRONG = 'a wrong password that was typed';
/** Under which a carrier will report. */
const newReceipt = () => ({ carrier: 'messagebird', messageId: randomUUID() });

describe.each(databases)('at rest, on $name', ({ open }) => {
  let scene: Scene;
  const hasher = createArgon2Hasher();
  /** What nobody who reads the database or the log may find, by what it is. */
  const secrets = new Map<string, string>();
  const codes: string[] = [];
  beforeAll(async () => {
    const carrier = { fails: false };
    scene = await openScene(open, {
      outside: {
        hasher,
        smsSender: {
          send(text) {
            scene.service.outbox.texts.push(text);
            const repeated = new Error(`Could not send "${text.text}" to ${text.to}.`);
            return carrier.fails ? Promise.reject(repeated) : Promise.resolve(newReceipt());
          },
        },
      },
    });
    await live(carrier);
  }, 60_000);
  afterAll(() => scene.close());

  const keep = (what: string, value: string | null | undefined) => {
    if (!value) throw new Error(`There is no ${what}.`);
    secrets.set(what, value);
    return value;
  };
  const lastCode = () => {
    const code = scene.service.outbox.lastCode();
    codes.push(code);
    return code;
  };
  async function plainUser(): Promise<Person> {
    const { id, email } = await scene.signage.user({ passwordHash: await hasher.hash(PASSWORD) });
    return { id, email, owner: await scene.service.signedIn(email) };
  }
  const verify = async (token: string, code: string) => {
    const input = { challengeToken: token, code };
    return (await scene.service.client().run(VerifyTwoFactorCodeDocument, { input })).verifyTwoFactorCode;
  };

  /** A bit of everything that leaves a trace. */
  async function live(carrier: { fails: boolean }): Promise<void> {
    const now = () => scene.now();
    secrets
      .set('the password', PASSWORD)
      .set('a wrong password', WRONG)
      .set('the new password', NEW_PASSWORD);
    const byText = await plainUser();
    const phone = keep('the phone', scene.newPhone());
    keep('the recovery code of a text user', await byText.owner.enableTexts(phone, lastCode));
    keep('the session token', byText.owner.token);
    const backup = { slot: 'BACKUP' as const, phoneNumber: keep('the backup phone', scene.newPhone()) };
    await byText.owner.run(StartPhoneChangeDocument, { input: backup });
    await byText.owner.run(ConfirmPhoneChangeDocument, { input: { slot: 'BACKUP', code: lastCode() } });
    const pending = await scene.service.client().challenge(byText.email);
    const challengeToken = keep('a pending challenge', pending.challengeToken);
    await verify(challengeToken, otherThan(lastCode()));
    const used = await scene.service.client().challenge(byText.email);
    const signedIn = await verify(keep('a used challenge', used.challengeToken), lastCode());
    keep('the token of a second session', 'sessionToken' in signedIn ? signedIn.sessionToken : null);
    const primary = { slot: 'PRIMARY' as const, phoneNumber: keep('a phone to be proved', scene.newPhone()) };
    await byText.owner.run(StartPhoneChangeDocument, { input: primary });
    lastCode();
    carrier.fails = true;
    await scene.service.client().run(SendSignInCodeDocument, { input: { challengeToken, slot: 'BACKUP' } });
    lastCode();
    carrier.fails = false;

    const byApp = await plainUser();
    const started = await byApp.owner.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    if (started.startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error('No set-up.');
    const app = new App(keep('the secret of an app', started.startTwoFactor.manualKey), now);
    codes.push(app.code());
    const enabled = await byApp.owner.run(EnableTwoFactorDocument, { input: { code: app.code() } });
    if (enabled.enableTwoFactor.__typename !== 'TwoFactorEnabled') throw new Error('Not enabled.');
    keep('a recovery code', enabled.enableTwoFactor.recoveryCode);
    await byApp.owner.confirmPassword();
    const again = await byApp.owner.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    if (again.startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error('No set-up.');
    keep('the secret of a set-up', again.startTwoFactor.manualKey);
    const { challengeToken: atApp } = await scene.service.client().challenge(byApp.email);
    await verify(atApp, wrongFor(app));
    await scene.service.client().signIn(byApp.email, WRONG);
    const change = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    await byApp.owner.run(ChangePasswordDocument, { input: change });

    const recovered = await plainUser();
    const lost = await recovered.owner.enableApp(now);
    const { challengeToken: atRecovery } = await scene.service.client().challenge(recovered.email);
    const input = {
      challengeToken: atRecovery,
      recoveryCode: keep('a used recovery code', lost.recoveryCode),
    };
    expect(await ended(scene.service.client(), VerifyRecoveryCodeDocument, { input })).toBe('SignedIn');
    await scene.service
      .client()
      .send(`mutation { signIn(input: { email: "x", password: "${WRONG}" }) { nope } }`);
  }

  /** Every way in which a program might write the value down. */
  function spellings(value: string): string[] {
    const plain = Buffer.from(value);
    const forms = [
      value,
      value.toLowerCase(),
      value.replaceAll('-', ''),
      plain.toString('hex'),
      plain.toString('base64url'),
    ];
    if (/^[A-Z2-7]{32}$/.test(value)) {
      const raw = Buffer.from(Secret.fromBase32(value).buffer);
      forms.push(
        raw.toString('hex'),
        raw.toString('base64'),
        raw.toString('base64url'),
        raw.toString('latin1'),
      );
    }
    if (value.startsWith('+49')) forms.push(value.slice(3), `0${value.slice(3)}`);
    return forms.flatMap((form) => [form, form.toUpperCase()]);
  }
  function findings(where: string, text: string): string[] {
    const found = [...secrets].filter(([, value]) => spellings(value).some((form) => text.includes(form)));
    return found.map(([what]) => `${what} in ${where}`);
  }
  /** A code is short: only where it stands alone is it no accident. */
  const codesIn = (text: string) =>
    codes.filter((code) => new RegExp(`(?<![0-9A-Za-z_-])${code}(?![0-9A-Za-z_-])`).test(text));

  it('no table holds a password, secret, phone, code or token in clear', async () => {
    const dump = await dumpTables(scene.database.database.sql);
    const accounts = ['users', 'sessions', 'challenges', 'two_factors', 'factors', 'setups'];
    for (const table of [...accounts, 'limits', 'sent_texts']) {
      expect([table, dump[table]?.length]).not.toEqual([table, 0]);
    }
    const found = Object.entries(dump).flatMap(([table, rows]) => findings(table, rows.join('\n')));
    expect(found).toEqual([]);
    expect(codesIn(JSON.stringify(dump))).toEqual([]);
    expect(secrets.size).toBe(15);
    expect(codes.length).toBeGreaterThan(6);
  });

  it('nor do the bytes of the database file, freed pages and write-ahead log included', () => {
    const path = scene.database.url.replace(/^sqlite:/, '');
    const files = ['', '-wal'].map((end) => path + end).filter((file) => existsSync(file));
    expect(files.length > 0).toBe(scene.database.name === 'SQLite');
    expect(files.flatMap((file) => findings(file.slice(-12), readFileSync(file, 'latin1')))).toEqual([]);
  });

  it('nor does the log, at its most talkative, also where the carrier’s error repeats what was sent', () => {
    expect(scene.service.log.join('\n')).toContain('A text message could not be sent');
    expect(findings('the log', scene.service.log.join('\n'))).toEqual([]);
    expect(codesIn(scene.service.log.map((line) => line.replace(/"time":\d+/, '')).join('\n'))).toEqual([]);
  });

  it('a mail tells what happened and holds no secret', () => {
    const mails = scene.service.outbox.mails.map(({ text, subject }) => `${subject}\n${text}`).join('\n');
    expect(mails).not.toBe('');
    expect(findings('the mails', mails)).toEqual([]);
  });

  describe('a sealed value that was tampered with', () => {
    const masked = (answer: {
      errors?: readonly { message: string; extensions: { code: string } }[];
      data?: unknown;
    }) => [
      answer.errors?.[0]?.extensions.code,
      /sealed|factors|cipher|altered/i.test(answer.errors?.[0]?.message ?? ''),
    ];
    const sealedOf = async (userId: string) => {
      const [row] = await scene.database.database.sql.all<{ sealed: string }>(
        'SELECT sealed FROM factors WHERE user_id = ?',
        [userId],
      );
      return row?.sealed ?? '';
    };
    const plant = (userId: string, sealed: string) =>
      scene.database.database.sql.run('UPDATE factors SET sealed = ? WHERE user_id = ?', [sealed, userId]);
    async function appUser() {
      const person = await plainUser();
      const enabled = await person.owner.enableApp(() => scene.now());
      scene.service.clock.advance(60_000);
      return { ...person, ...enabled };
    }
    async function attempt(email: string, code: string) {
      const { challengeToken } = await scene.service.client().challenge(email);
      const input = { challengeToken, code };
      return scene.service.client().send(print(VerifyTwoFactorCodeDocument), { input });
    }

    it('moved to another user’s row, it does not open: the attacker’s app is no key', async () => {
      const [attacker, victim] = [await appUser(), await appUser()];
      await plant(victim.id, await sealedOf(attacker.id));
      expect(masked(await attempt(victim.email, attacker.app.code()))).toEqual([
        'INTERNAL_SERVER_ERROR',
        false,
      ]);
      expect((await attempt(attacker.email, attacker.app.code())).text).toContain('"__typename":"SignedIn"');
    });

    it('flipped in one character, cut short, or under an unknown key, it does not open', async () => {
      const { id, email, app } = await appUser();
      const sealed = await sealedOf(id);
      const at = sealed.indexOf('.') + 20;
      const flipped = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      for (const bad of [
        flipped,
        sealed.slice(0, -4),
        `other${sealed.slice(sealed.indexOf('.'))}`,
        '',
        `${sealed}A`,
      ]) {
        await plant(id, bad);
        expect(masked(await attempt(email, app.code()))).toEqual(['INTERNAL_SERVER_ERROR', false]);
      }
      await plant(id, sealed);
      expect((await attempt(email, app.code())).text).toContain('"__typename":"SignedIn"');
    });

    it('a phone moved to another user’s row is not texted', async () => {
      const texters = [await plainUser(), await plainUser()];
      for (const { owner } of texters) await owner.enableTexts(scene.newPhone(), lastCode);
      const [attacker, victim] = texters;
      await plant(victim?.id ?? '', await sealedOf(attacker?.id ?? ''));
      const sent = scene.service.outbox.texts.length;
      const answer = await scene.service
        .client()
        .send(
          'mutation($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { __typename } }',
          { email: victim?.email, password: PASSWORD },
        );
      expect(masked(answer)).toEqual(['INTERNAL_SERVER_ERROR', false]);
      expect(scene.service.outbox.texts.length).toBe(sent);
    });
  });
});
