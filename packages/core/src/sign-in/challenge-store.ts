import type { Instant } from '../ports.js';
import type { User } from '../users/user.js';
import type { Challenge, SentCode } from './challenge.js';

export interface ChallengeStore {
  create(challenge: Challenge, tokenHash: string): Promise<void>;
  /** null where it ran out, was used or never was, or its user is disabled. */
  findLive(tokenHash: string, now: Instant): Promise<{ challenge: Challenge; user: User } | null>;
  setSentCode(id: string, sentCode: SentCode): Promise<void>;
  /** Uses it up. True for one caller alone, however many ask at once. */
  take(id: string): Promise<boolean>;
  endAll(userId: string): Promise<void>;
}
