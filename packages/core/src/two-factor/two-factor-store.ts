import type { Instant } from '../ports.js';
import type { FactorKind, Slot } from './second-factor.js';
import type { Factor, TwoFactor } from './two-factor.js';

export interface TwoFactorStore {
  find(userId: string): Promise<TwoFactor | null>;
  /** Puts this in the place of whatever the user had. */
  replace(twoFactor: TwoFactor): Promise<void>;
  /** Puts it in the place of the factor of the same kind and slot. False where two-factor is off by now. */
  saveFactor(userId: string, factor: Factor): Promise<boolean>;
  removeFactor(userId: string, kind: FactorKind, slot: Slot): Promise<void>;
  /** Marks the step as used. True for one caller alone; false where it, or a newer one, is used already. */
  useStep(factorId: string, step: number): Promise<boolean>;
  setLastUsedAt(userId: string, at: Instant): Promise<void>;
  /** False where two-factor is off by now. */
  replaceRecoveryCode(userId: string, hash: string, createdAt: Instant): Promise<boolean>;
  /** Deletes factors, phones and recovery code. True for one caller alone; with `recoveryCodeHash` only where it is that of the code in force. */
  delete(userId: string, recoveryCodeHash?: string): Promise<boolean>;
}
