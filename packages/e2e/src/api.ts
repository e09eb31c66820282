import {
  ConfirmPasswordDocument,
  ConfirmPhoneChangeDocument,
  EnableTwoFactorDocument,
  SignInDocument,
  StartPhoneChangeDocument,
  StartTwoFactorDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { print, type DocumentNode } from 'graphql';
import { Authenticator } from './authenticator.js';
import type { Inbox } from './inbox.js';

/** One of the contract's documents: its type carries what goes in and what comes out. */
interface Operation<Data, Variables> extends DocumentNode {
  readonly __apiType?: (variables: Variables) => Data;
}

export const PASSWORD = 'correct-horse-battery-staple';
/** The country's numbers for fiction are not "valid" to libphonenumber; these belong to nobody that a test could reach. */
export const PHONE = '+4915123456789';
export const BACKUP_PHONE = '+4915123456790';

/** Somebody else's program, or another device of the same user: it takes the steps that a test is not about. */
export class Api {
  private token: string | null = null;

  constructor(
    private readonly url: string,
    private readonly inbox: Inbox,
  ) {}

  /** @throws where the answer holds errors[] */
  async run<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): Promise<Data> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token !== null && { authorization: `Bearer ${this.token}` }),
      },
      body: JSON.stringify({ query: print(operation), variables }),
    });
    const body = (await response.json()) as { data?: Data | null; errors?: unknown };
    if (body.errors || !body.data) throw new Error(`Unexpected answer: ${JSON.stringify(body)}`);
    return body.data;
  }

  /** Signs a user in who has two-factor off. */
  async signIn(email: string, password = PASSWORD): Promise<void> {
    const { signIn } = await this.run(SignInDocument, { input: { email, password, transport: 'BEARER' } });
    if (signIn.__typename !== 'SignedIn') throw new Error(`signIn answered ${signIn.__typename}`);
    this.token = signIn.sessionToken ?? null;
  }

  /** The challenge of a user who has two-factor on. */
  async challenge(email: string) {
    const { signIn } = await this.run(SignInDocument, { input: { email, password: PASSWORD } });
    if (signIn.__typename !== 'TwoFactorChallenge') throw new Error(`signIn answered ${signIn.__typename}`);
    return signIn;
  }

  /** Gives the wrong `code` at the second step, again and again. */
  async failSecondStep(email: string, times: number, code: string): Promise<void> {
    const { challengeToken } = await this.challenge(email);
    for (let n = 0; n < times; n++) {
      const input = { challengeToken, code };
      const { verifyTwoFactorCode: answer } = await this.run(VerifyTwoFactorCodeDocument, { input });
      if (answer.__typename !== 'Problem') throw new Error('The wrong code is right.');
    }
  }

  /** Signs in and switches two-factor on with an app. */
  async enableApp(email: string): Promise<{ app: Authenticator; recoveryCode: string }> {
    await this.signIn(email);
    const { startTwoFactor } = await this.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error(JSON.stringify(startTwoFactor));
    const app = new Authenticator(startTwoFactor.manualKey);
    return { app, recoveryCode: await this.enable(await app.code()) };
  }

  /** Signs in and switches two-factor on with text messages, and with a backup phone where one is given. */
  async enableText(email: string, phone = PHONE, backup?: string): Promise<{ recoveryCode: string }> {
    await this.signIn(email);
    const input = { method: 'SMS' as const, phoneNumber: phone };
    const { startTwoFactor } = await this.run(StartTwoFactorDocument, { input });
    if (startTwoFactor.__typename !== 'PhoneSetup') throw new Error(JSON.stringify(startTwoFactor));
    const recoveryCode = await this.enable(await this.inbox.newestCode(phone));
    if (backup !== undefined) await this.saveBackup(backup);
    return { recoveryCode };
  }

  private async enable(code: string): Promise<string> {
    const { enableTwoFactor } = await this.run(EnableTwoFactorDocument, { input: { code } });
    if (enableTwoFactor.__typename !== 'TwoFactorEnabled') throw new Error(JSON.stringify(enableTwoFactor));
    return enableTwoFactor.recoveryCode ?? '';
  }

  private async saveBackup(phoneNumber: string): Promise<void> {
    await this.run(ConfirmPasswordDocument, { input: { password: PASSWORD } });
    await this.run(StartPhoneChangeDocument, { input: { slot: 'BACKUP', phoneNumber } });
    const code = await this.inbox.newestCode(phoneNumber);
    const { confirmPhoneChange } = await this.run(ConfirmPhoneChangeDocument, {
      input: { slot: 'BACKUP', code },
    });
    if (confirmPhoneChange.__typename !== 'PhoneChanged') throw new Error(JSON.stringify(confirmPhoneChange));
  }
}
