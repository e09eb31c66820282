import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { SignInMutation } from '@twofold/contract/graphql';
import {
  ConfirmPasswordDocument,
  EnableTwoFactorDocument,
  SignInDocument,
  StartTwoFactorDocument,
} from '@twofold/contract/graphql';
import { print } from 'graphql';
import { Secret, TOTP } from 'otpauth';
import { PASSWORD } from './password.js';

export interface Answer<Data> {
  readonly status: number;
  readonly headers: Headers;
  readonly data?: Data | null;
  readonly errors?: readonly { message: string; extensions: { code: string; requestId: string } }[];
  /** The whole body, to look for leaks in. */
  readonly text: string;
}

/** A program of somebody else, over HTTP with a bearer token. */
export class Client {
  token: string | null = null;

  constructor(private readonly url: string) {}

  /** Sends one of the contract's documents and answers its data; an answer with errors[] fails the test. */
  async run<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables?: Variables,
  ): Promise<Data> {
    const answer = await this.send<Data>(print(document), variables);
    if (answer.errors || !answer.data) throw new Error(`Unexpected answer: ${answer.text}`);
    return answer.data;
  }

  /** Sends whatever it is given and answers whatever comes. */
  async send<Data = Record<string, unknown>>(
    query: string,
    variables?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Data>> {
    const authorization = this.token === null ? {} : { authorization: `Bearer ${this.token}` };
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const body = JSON.parse(text) as Pick<Answer<Data>, 'data' | 'errors'>;
    return { status: response.status, headers: response.headers, text, ...body };
  }

  /** signIn with the transport BEARER; keeps the token where there is one. */
  async signIn(email: string, password = PASSWORD): Promise<SignInMutation['signIn']> {
    const { signIn } = await this.run(SignInDocument, { input: { email, password, transport: 'BEARER' } });
    if (signIn.__typename === 'SignedIn') this.token = signIn.sessionToken ?? null;
    return signIn;
  }

  /** signIn of a user with two-factor on. */
  async challenge(email: string) {
    const signIn = await this.signIn(email);
    if (signIn.__typename !== 'TwoFactorChallenge') throw new Error(`signIn answered ${signIn.__typename}`);
    return signIn;
  }

  async confirmPassword(password = PASSWORD) {
    return (await this.run(ConfirmPasswordDocument, { input: { password } })).confirmPassword;
  }

  /** Switches two-factor on with an app; answers the app and the recovery code. */
  async enableApp(now: () => number): Promise<{ app: App; recoveryCode: string }> {
    const { startTwoFactor } = await this.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error(JSON.stringify(startTwoFactor));
    const app = new App(startTwoFactor.manualKey, now);
    return { app, recoveryCode: await this.enable(app.code()) };
  }

  /** Switches two-factor on with text messages; answers the recovery code. */
  async enableTexts(phoneNumber: string, lastCode: () => string): Promise<string> {
    const { startTwoFactor } = await this.run(StartTwoFactorDocument, {
      input: { method: 'SMS', phoneNumber },
    });
    if (startTwoFactor.__typename !== 'PhoneSetup') throw new Error(JSON.stringify(startTwoFactor));
    return this.enable(lastCode());
  }

  private async enable(code: string): Promise<string> {
    const { enableTwoFactor } = await this.run(EnableTwoFactorDocument, { input: { code } });
    if (enableTwoFactor.__typename !== 'TwoFactorEnabled') throw new Error(JSON.stringify(enableTwoFactor));
    return enableTwoFactor.recoveryCode ?? '';
  }
}

/** An authenticator app, by another library than the server's. */
export class App {
  private readonly totp: TOTP;

  constructor(
    manualKey: string,
    private readonly now: () => number,
  ) {
    this.totp = new TOTP({ secret: Secret.fromBase32(manualKey.replaceAll(' ', '')) });
  }

  /** The code of this moment; `steps` of 30 s later or, negative, earlier. */
  code(steps = 0): string {
    return this.totp.generate({ timestamp: this.now() + steps * 30_000 });
  }
}
