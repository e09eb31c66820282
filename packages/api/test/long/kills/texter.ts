import {
  EnableTwoFactorDocument,
  SignInDocument,
  StartTwoFactorDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { Client } from '../../harness/client.js';
import { PASSWORD } from '../../harness/password.js';

/** Somebody whose second sign-in stands at the door, with a code that was texted, when the process is killed. */
export class Texter {
  /** Whether the code was acknowledged before the kill. */
  told = false;
  private entry: { challengeToken: string; code: string } | null = null;

  constructor(
    readonly id: string,
    private readonly email: string,
    private readonly phone: string,
  ) {}

  /** Up to the code in hand. Throws where the service is gone. */
  async arrive(url: string): Promise<void> {
    const client = new Client(url);
    await client.signIn(this.email);
    const start = { method: 'SMS', phoneNumber: this.phone } as const;
    const { startTwoFactor } = await client.run(StartTwoFactorDocument, { input: start });
    if (startTwoFactor.__typename !== 'PhoneSetup') throw new Error(JSON.stringify(startTwoFactor));
    const set = { code: await this.lastCode(url) };
    const { enableTwoFactor } = await client.run(EnableTwoFactorDocument, { input: set });
    if (enableTwoFactor.__typename !== 'TwoFactorEnabled') throw new Error(JSON.stringify(enableTwoFactor));
    const input = { email: this.email, password: PASSWORD, transport: 'BEARER' } as const;
    const { signIn } = await new Client(url).run(SignInDocument, { input });
    if (signIn.__typename !== 'TwoFactorChallenge') throw new Error(JSON.stringify(signIn));
    this.entry = { challengeToken: signIn.challengeToken, code: await this.lastCode(url) };
  }

  /** Enters the code, the same one each time. */
  async enter(url: string): Promise<string> {
    if (!this.entry) throw new Error('There is no code yet.');
    const answer = await new Client(url).run(VerifyTwoFactorCodeDocument, { input: this.entry });
    return answer.verifyTwoFactorCode.__typename;
  }

  private async lastCode(url: string): Promise<string> {
    const response = await fetch(`${url}/dev/inbox.json`);
    const sent = (await response.json()) as { to: string; text: string }[];
    const code = /\b\d{6}\b/.exec(sent.findLast(({ to }) => to === this.phone)?.text ?? '')?.[0];
    if (code === undefined) throw new Error(`No code was texted to ${this.phone}.`);
    return code;
  }
}
