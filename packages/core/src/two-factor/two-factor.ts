import type { Instant } from '../ports.js';
import { MINUTE } from '../ports.js';
import type { SentCode } from '../sign-in/challenge.js';
import type { FactorKind, Slot } from './second-factor.js';

/** Two-factor authentication of a user that has it on: off is the absence of it. */
export interface TwoFactor {
  readonly userId: string;
  /** The preferred one of the factors. */
  readonly method: FactorKind;
  readonly enabledAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly recoveryCodeHash: string;
  readonly recoveryCodeCreatedAt: Instant;
  readonly factors: readonly Factor[];
}

export interface Factor {
  readonly id: string;
  readonly kind: FactorKind;
  /** A user has one factor a kind and slot. */
  readonly slot: Slot;
  /** The secret or the phone number, sealed for the place `factorPlace(id)`. */
  readonly sealed: string;
  /** The newest step used, of a kind that counts steps. */
  readonly usedStep: number | null;
  readonly createdAt: Instant;
}

/** A method or phone that is being proved, in the session that started it. It changes nothing until then. */
export interface Setup {
  readonly id: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly purpose: SetupPurpose;
  readonly kind: FactorKind;
  readonly slot: Slot;
  /** The secret or the phone number, sealed for the place `setupPlace(id)`. */
  readonly sealed: string;
  readonly sentCode: SentCode | null;
  readonly wrongCodes: number;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export type SetupPurpose = 'ENABLE' | 'CHANGE_PHONE';

export const SETUP_FOR = 15 * MINUTE;
export const WRONG_CODES_A_SETUP = 5;

export const factorPlace = (id: string) => ({ table: 'factors', column: 'sealed', row: id });
export const setupPlace = (id: string) => ({ table: 'setups', column: 'sealed', row: id });
