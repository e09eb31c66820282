import type { FactorKind } from './kinds.js';
import { smsCopy } from './sms/copy.js';
import { totpCopy } from './totp/copy.js';

/** What a screen needs to offer a factor. English; a client that translates keys its own words by kind. */
export interface FactorCopy {
  /** Decides which form sets the factor up and asks for its code. */
  readonly shape: 'scan' | 'deliver';
  /** Names the choice in the set-up. */
  readonly title: string;
  readonly blurb: string;
  /** Names the factor where it is in use. */
  readonly name: string;
}

export const factorCopy: Readonly<Record<FactorKind, FactorCopy>> = {
  TOTP: totpCopy,
  SMS: smsCopy,
} satisfies Record<FactorKind, FactorCopy>;
