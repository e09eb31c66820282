import type { Instant } from '../ports.js';
import type { KeptTrust, TrustedBrowser } from './trusted-browser.js';

export interface TrustedBrowserStore {
  /** Puts it in the place of the one of the same browser and user. */
  save(trust: KeptTrust): Promise<void>;
  find(id: string, userId: string): Promise<KeptTrust | null>;
  /** Writes a use down where `tokenHash` is still its token: true for one caller alone where the use changes it. */
  use(tokenHash: string, used: KeptTrust): Promise<boolean>;
  /** Those of a user that were trusted since then and are so still, the one used last first. */
  list(userId: string, since: Instant, now: Instant): Promise<readonly TrustedBrowser[]>;
  /** All of a user but so many, the one used longest ago first. */
  keepNewest(userId: string, most: number): Promise<void>;
  /** True where this user had it. */
  end(userId: string, id: string): Promise<boolean>;
  /** Answers how many there were. Sessions are ended after it: a sign-in by one of them is settled before, or not at all. */
  endAll(userId: string): Promise<number>;
  /** Of everybody in an organisation that trusts browsers no more. */
  endAllIn(organizationId: string): Promise<void>;
}
