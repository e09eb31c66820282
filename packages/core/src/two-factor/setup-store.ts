import type { Instant } from '../ports.js';
import type { Slot } from './second-factor.js';
import type { Setup, SetupPurpose } from './two-factor.js';

export interface SetupStore {
  /** Puts it in the place of the one of the same session, purpose and slot. False where that session has ended by now. */
  replace(setup: Setup): Promise<boolean>;
  /** null where there is none, it ran out, or too many wrong codes ended it. With `slot` left out: of any slot. */
  findLive(sessionId: string, purpose: SetupPurpose, slot: Slot | null, now: Instant): Promise<Setup | null>;
  /** Counts a wrong code. */
  countWrongCode(id: string): Promise<void>;
  /** Uses it up. True for one caller alone. */
  take(id: string): Promise<boolean>;
  endAll(userId: string): Promise<void>;
}
