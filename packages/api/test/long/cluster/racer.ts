import {
  ChangePasswordDocument,
  EnableTwoFactorDocument,
  SignInDocument,
  StartTwoFactorDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { App, Client } from '../../harness/client.js';
import type { AnyResult } from '../../harness/scene.js';
import { resultOf } from '../../harness/scene.js';
import type { Fleet } from './fleet.js';

export type SignedIn = AnyResult & { readonly sessionToken?: string; readonly challengeToken?: string };

/** What this user has switched on. */
export type Protection =
  | { readonly by: 'nothing' }
  | { readonly by: 'app'; readonly app: App; readonly recoveryCode: string }
  | { readonly by: 'texts'; readonly recoveryCode: string };

/** A user, and what the processes of the service answered them, each of them on another node. */
export class Racer {
  protection: Protection = { by: 'nothing' };
  /** How often a code, and a recovery code, has signed in. */
  readonly won = { VERIFY_TWO_FACTOR_CODE: 0, VERIFY_RECOVERY_CODE: 0, ENABLE_TWO_FACTOR: 0 };
  /** How often a token was used elsewhere at once. */
  tokensUsed = 0;

  constructor(
    readonly id: string,
    readonly email: string,
    public password: string,
    readonly phone: string,
    /** Of the client: failed passwords are counted by it, and all of them come from one machine here. */
    private readonly address: string,
    private readonly fleet: Fleet,
  ) {}

  client(node: number, token: string | null = null): Client {
    const client = new Client(this.fleet.urls[node] ?? '');
    client.token = token;
    return client;
  }

  signIn(node: number, password = this.password): Promise<SignedIn> {
    const input = { email: this.email, password, transport: 'BEARER' as const };
    return resultOf(this.client(node), SignInDocument, { input }, { 'x-forwarded-for': this.address });
  }

  /** Signs in as far as the password leads, and answers the challenge's token and the code that goes with it. */
  async challenge(node: number): Promise<{ challengeToken: string; code: string }> {
    const { protection } = this;
    let challenged: SignedIn = { __typename: '' };
    const begin = async () => (challenged = await this.signIn(node));
    const code =
      protection.by === 'texts'
        ? await this.fleet.codeTo(this.phone, begin)
        : protection.by === 'app'
          ? (await begin(), protection.app.code())
          : '';
    if (challenged.challengeToken === undefined)
      throw new Error(`A challenge was due: ${JSON.stringify(challenged)}`);
    return { challengeToken: challenged.challengeToken, code };
  }

  verify(node: number, challengeToken: string, code: string): Promise<SignedIn> {
    return resultOf(this.client(node), VerifyTwoFactorCodeDocument, { input: { challengeToken, code } });
  }

  recover(node: number, challengeToken: string, recoveryCode: string): Promise<SignedIn> {
    return resultOf(this.client(node), VerifyRecoveryCodeDocument, {
      input: { challengeToken, recoveryCode },
    });
  }

  changePassword(node: number, token: string, newPassword: string): Promise<AnyResult> {
    return resultOf(this.client(node, token), ChangePasswordDocument, {
      input: { currentPassword: this.password, newPassword },
    });
  }

  /** Signs in by password alone, and uses the token on every other node before anything else. */
  async plainToken(node: number): Promise<string> {
    const { sessionToken } = await this.signIn(node);
    if (sessionToken === undefined) throw new Error('No session was opened.');
    await this.useEverywhere(sessionToken);
    return sessionToken;
  }

  /** A token that was answered a moment ago is good at every door. */
  async useEverywhere(token: string): Promise<void> {
    const alive = await this.aliveOn(token);
    if (alive.includes(false)) throw new Error(`A new token was unknown to a node: ${alive.join()}`);
    this.tokensUsed += alive.length;
  }

  aliveOn(token: string): Promise<boolean[]> {
    return Promise.all(
      this.fleet.urls.map(async (_, node) => {
        const answer = await this.client(node, token).send<{ viewer: object | null }>(VIEWER);
        if (answer.status === 401) return false;
        if (answer.errors || !answer.data) throw new Error(`Unexpected answer: ${answer.text}`);
        return answer.data.viewer !== null;
      }),
    );
  }

  /** Begins to switch two-factor on; answers the code that proves it, and how to take the answer. */
  async startSetup(node: number, token: string, by: 'app' | 'texts') {
    const client = this.client(node, token);
    if (by === 'app') {
      const { startTwoFactor } = await client.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
      if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error(JSON.stringify(startTwoFactor));
      const app = new App(startTwoFactor.manualKey, () => this.fleet.now());
      return {
        code: app.code(),
        protectedBy: (recoveryCode: string) => ({ by, app, recoveryCode }) as const,
      };
    }
    const input = { method: 'SMS' as const, phoneNumber: this.phone };
    const code = await this.fleet.codeTo(this.phone, () => client.run(StartTwoFactorDocument, { input }));
    return { code, protectedBy: (recoveryCode: string) => ({ by, recoveryCode }) as const };
  }

  enable(node: number, token: string, code: string): Promise<AnyResult & { readonly recoveryCode?: string }> {
    return resultOf(this.client(node, token), EnableTwoFactorDocument, { input: { code } });
  }
}

const VIEWER = '{ viewer { id } }';
