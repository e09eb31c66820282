import {
  ChangePasswordDocument,
  ConfirmPasswordDocument,
  DisableTwoFactorDocument,
  EnableTwoFactorDocument,
  RegenerateRecoveryCodeDocument,
  SignInDocument,
  SignOutDocument,
  StartTwoFactorDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { App, Client } from '../../harness/client.js';
import type { AnyResult } from '../../harness/scene.js';
import type { Chance } from './chance.js';
import { Told } from './told.js';

const STEP = 30_000;

/** A user who does what there is to do, as chance has it. */
export class Person extends Told {
  /** How many codes that were dead were refused again. */
  refusedAgain = 0;
  private usedStep = 0;
  private passwords = 0;
  private wrongCodes = 0;
  private wrongRecoveryCodes = 0;

  /** One operation, or the few that belong together, chosen by chance. Throws where the service is gone. */
  async act(url: string, chance: Chance): Promise<void> {
    const client = new Client(url);
    client.token = this.token;
    if (this.token === null && !(await this.signIn(client))) return;
    const choices = this.app
      ? [this.verify, this.recover, this.regenerate, this.disable, this.replay, this.changePassword]
      : [this.enable, this.enable, this.changePassword, this.signOut];
    await chance.oneOf<(client: Client) => Promise<unknown>>(choices).call(this, client);
  }

  /** Signs in with all that it takes. False where the code of this moment is used already. */
  private async signIn(client: Client): Promise<boolean> {
    if (this.app) return this.verify(client);
    const input = { email: this.email, password: this.password, transport: 'BEARER' as const };
    await this.change(
      'SIGN_IN',
      async () => (await client.run(SignInDocument, { input })).signIn,
      () => undefined,
      ({ sessionToken }) => (this.token = sessionToken as string),
    );
    client.token = this.token;
    return true;
  }

  private async challenge(client: Client): Promise<string> {
    const input = { email: this.email, password: this.password, transport: 'BEARER' as const };
    const { signIn } = await client.run(SignInDocument, { input });
    if (signIn.__typename !== 'TwoFactorChallenge')
      throw new Error(`A challenge was due: ${JSON.stringify(signIn)}`);
    return signIn.challengeToken;
  }

  /** A step that is not used, and not about to pass. */
  private freshStep(): number | null {
    const now = Date.now();
    const step = Math.max(Math.floor(now / STEP), this.usedStep + 1);
    const isSafe = now % STEP > 2_000 && now % STEP < STEP - 3_000;
    return isSafe && step <= Math.floor(now / STEP) + 1 ? step : null;
  }

  private codeOf(app: App, step: number): string {
    return app.code(step - Math.floor(Date.now() / STEP));
  }

  private async verify(client: Client): Promise<boolean> {
    const step = this.freshStep();
    if (!this.app || step === null) return false;
    const code = this.codeOf(this.app, step);
    const challengeToken = await this.challenge(client);
    const input = { challengeToken, code };
    const before = this.token;
    await this.change(
      'VERIFY_TWO_FACTOR_CODE',
      async () => (await client.run(VerifyTwoFactorCodeDocument, { input })).verifyTwoFactorCode,
      () => {
        this.usedStep = step;
        this.wrongCodes = 0;
        this.dead.codes.push(code);
      },
      ({ sessionToken }) => {
        if (before) this.others.push(before);
        this.token = sessionToken as string;
      },
    );
    return true;
  }

  private async recover(client: Client): Promise<void> {
    const recoveryCode = this.recoveryCode;
    if (recoveryCode === null) return this.regenerate(client);
    const challengeToken = await this.challenge(client);
    const before = this.token;
    await this.change(
      'VERIFY_RECOVERY_CODE',
      async () =>
        (await client.run(VerifyRecoveryCodeDocument, { input: { challengeToken, recoveryCode } }))
          .verifyRecoveryCode,
      () => {
        this.turnedOff();
        this.wrongRecoveryCodes = 0;
        if (before) this.others.push(before);
        this.othersEnded();
        this.token = null;
      },
      ({ sessionToken }) => (this.token = sessionToken as string),
    );
  }

  private async enable(client: Client): Promise<void> {
    await this.confirm(client);
    const { startTwoFactor } = await client.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error(JSON.stringify(startTwoFactor));
    const app = new App(startTwoFactor.manualKey, () => Date.now());
    const step = Math.floor(Date.now() / STEP);
    const input = { code: this.codeOf(app, step) };
    await this.change(
      'ENABLE_TWO_FACTOR',
      async () => (await client.run(EnableTwoFactorDocument, { input })).enableTwoFactor,
      () => {
        this.app = app;
        this.usedStep = step;
        this.recoveryCode = null;
        this.othersEnded();
        this.dead.codes.length = 0;
        this.dead.codes.push(input.code);
      },
      ({ recoveryCode }) => (this.recoveryCode = recoveryCode as string),
    );
  }

  private async regenerate(client: Client): Promise<void> {
    await this.confirm(client);
    const before = this.recoveryCode;
    await this.change(
      'REGENERATE_RECOVERY_CODE',
      async () => (await client.run(RegenerateRecoveryCodeDocument)).regenerateRecoveryCode,
      () => {
        if (before) this.dead.recoveryCodes.push(before);
        this.recoveryCode = null;
      },
      ({ recoveryCode }) => (this.recoveryCode = recoveryCode as string),
    );
  }

  private disable(client: Client): Promise<void> {
    const input = { password: this.password };
    return this.change(
      'DISABLE_TWO_FACTOR',
      async () => (await client.run(DisableTwoFactorDocument, { input })).disableTwoFactor,
      () => this.turnedOff(),
    );
  }

  private changePassword(client: Client): Promise<void> {
    const newPassword = `a quiet otter on raft ${String(++this.passwords)}`;
    const input = { currentPassword: this.password, newPassword };
    return this.change(
      'CHANGE_PASSWORD',
      async () => (await client.run(ChangePasswordDocument, { input })).changePassword,
      () => {
        this.formerPassword = this.password;
        this.password = newPassword;
        this.othersEnded();
      },
    );
  }

  private async signOut(client: Client): Promise<void> {
    const before = this.token;
    await this.change(
      'SIGN_OUT',
      async () => ({ __typename: String((await client.run(SignOutDocument)).signOut) }),
      () => {
        if (before) this.dead.tokens.push(before);
        this.token = null;
      },
    );
  }

  private async confirm(client: Client): Promise<void> {
    const { confirmPassword } = await client.run(ConfirmPasswordDocument, {
      input: { password: this.password },
    });
    if (confirmPassword.__typename !== 'PasswordConfirmed') throw new Error(JSON.stringify(confirmPassword));
  }

  /** A code that has worked, and one that was replaced, once more. Few in a row, so that no lock hides what they would do. */
  private async replay(client: Client): Promise<void> {
    const [code, recoveryCode] = [this.dead.codes.at(-1), this.dead.recoveryCodes.at(-1)];
    const challengeToken = await this.challenge(client);
    if (code !== undefined && this.wrongCodes < 5) {
      this.wrongCodes += 1;
      const input = { challengeToken, code };
      this.isRefused((await client.run(VerifyTwoFactorCodeDocument, { input })).verifyTwoFactorCode);
    }
    if (recoveryCode !== undefined && this.wrongRecoveryCodes < 5) {
      this.wrongRecoveryCodes += 1;
      const input = { challengeToken, recoveryCode };
      this.isRefused((await client.run(VerifyRecoveryCodeDocument, { input })).verifyRecoveryCode);
    }
  }

  private isRefused(result: AnyResult): void {
    if (result.code !== 'INVALID_CODE')
      throw new Error(`A dead code was answered: ${JSON.stringify(result)}`);
    this.refusedAgain += 1;
  }
}
