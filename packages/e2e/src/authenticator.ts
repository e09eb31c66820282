import { TOTP } from 'otpauth';

/** RFC 6238's time step, in milliseconds. */
const STEP = 30_000;

/** An authenticator app on the user's phone; not the library that the server computes with. */
export class Authenticator {
  private readonly totp: TOTP;
  private used = -1;

  /** @param key base32; spaces do not matter */
  constructor(readonly key: string) {
    this.totp = new TOTP({
      secret: key.replaceAll(' ', ''),
      algorithm: 'SHA1',
      digits: 6,
      period: STEP / 1000,
    });
  }

  /**
   * A code that the server has not seen. It refuses a step that was used (RFC 6238, 5.2) and allows one step of drift, so
   * the second code within a step is the next one's, and a third waits for the clock.
   */
  async code(): Promise<string> {
    const step = Math.max(this.used + 1, Math.floor(Date.now() / STEP));
    const wait = (step - 1) * STEP - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    this.used = step;
    return this.totp.generate({ timestamp: step * STEP });
  }

  /** A code of the right form that this app shows at none of the steps that the server would look at. */
  wrongCode(): string {
    const now = Date.now();
    const near = [-2, -1, 0, 1, 2].map((n) => this.totp.generate({ timestamp: now + n * STEP }));
    return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code))!;
  }
}
