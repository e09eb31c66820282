import { StartTwoFactorDocument } from '@twofold/contract/graphql';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../../harness/client.js';
import { isOutage } from './crowd.js';

const PAUSE = 100;

/** Writes through one process again and again, and notes when it could: what a user waits for while a node fails over. */
export class Knocker {
  private token: string | null = null;
  private signedInAt = 0;
  private lastServed = performance.now();
  private longest = 0;
  private stopping = false;
  private knocking: Promise<void> = Promise.resolve();

  constructor(
    private readonly email: string,
    private readonly url: () => string,
  ) {}

  start(): void {
    this.knocking = this.knock();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.knocking;
  }

  /** Forgets what it has waited for so far. */
  begin(): void {
    this.longest = 0;
    this.lastServed = performance.now();
  }

  /** Milliseconds: the longest time without a write since `begin`, or the present one if that is longer. */
  get waited(): number {
    return Math.max(this.longest, performance.now() - this.lastServed);
  }

  servedSince(moment: number): boolean {
    return this.lastServed > moment;
  }

  private async knock(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.write();
        const now = performance.now();
        this.longest = Math.max(this.longest, now - this.lastServed);
        this.lastServed = now;
      } catch (error) {
        if (!isOutage(error)) throw error;
      }
      await sleep(PAUSE);
    }
  }

  private async write(): Promise<void> {
    const client = new Client(this.url());
    client.token = this.token;
    // A first set-up takes a sign-in of the last ten minutes.
    if (client.token === null || performance.now() - this.signedInAt > 300_000) {
      client.token = null;
      await client.signIn(this.email);
      this.token = client.token;
      this.signedInAt = performance.now();
    }
    const { startTwoFactor } = await client.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
    if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error(JSON.stringify(startTwoFactor));
  }
}
