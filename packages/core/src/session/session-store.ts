import type { Instant } from '../ports.js';
import type { LiveSession, Session } from './session.js';

export interface SessionStore {
  create(session: Session, tokenHash: string): Promise<void>;
  /** null where it has ended, ran out, idle or in all, or its user is disabled. The hot path: one statement. */
  findLive(tokenHash: string, now: Instant): Promise<LiveSession | null>;
  /** False where the database takes no writes at present: then nothing is moved on, and whoever reads goes on reading. */
  touch(id: string, lastSeenAt: Instant, idleExpiresAt: Instant, address: string | null): Promise<boolean>;
  confirmPassword(id: string, until: Instant): Promise<void>;
  freePhoneChange(id: string, until: Instant): Promise<void>;
  /** True where there was one. */
  end(id: string): Promise<boolean>;
  /** The live ones of a user, the one that was used last first, `first` at most. */
  list(userId: string, now: Instant, first: number): Promise<readonly Session[]>;
  /** True where this user had it, and it lived. */
  endOf(userId: string, id: string, now: Instant): Promise<boolean>;
  /** Ends the user's sessions but for `exceptId`; answers how many live ones ended. */
  endAll(userId: string, exceptId: string | null, now: Instant): Promise<number>;
}
