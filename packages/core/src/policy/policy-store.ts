import type { Instant } from '../ports.js';
import type { FactorKind } from '../two-factor/second-factor.js';
import type { Policy } from './policy.js';
import type { Reminder } from './reminder.js';

/** The policy of an organisation, and how often it was changed. */
export interface StoredPolicy extends Policy {
  readonly version: number;
  readonly reminder: Reminder | null;
}

/** Mails that are due to those of an organisation who hold no allowed method. */
export interface DueReminder {
  readonly organizationId: string;
  readonly version: number;
  readonly requiredFrom: Instant;
  readonly allowedMethods: readonly FactorKind[] | null;
  readonly reminder: Reminder;
}

/** Somebody who holds no allowed method. */
export interface Unprotected {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Whether they have two-factor on, only by methods that are not allowed. */
  readonly methodRuledOut: boolean;
}

export interface ProtectionCounts {
  /** Who can sign in. */
  readonly everybody: number;
  readonly withoutTwoFactor: number;
  readonly methodRuledOut: number;
}

export interface PolicyStore {
  find(organizationId: string): Promise<StoredPolicy>;
  /** Puts it in the place of the one with this version. False where that is in force no more. */
  replace(
    organizationId: string,
    version: number,
    policy: Policy,
    reminder: Reminder | null,
  ): Promise<boolean>;
  /** Who holds what, were these the allowed methods (null: all). Disabled users are not counted. */
  count(organizationId: string, allowed: Policy['allowedMethods']): Promise<ProtectionCounts>;
  /** By email, behind `after`. */
  unprotected(
    organizationId: string,
    allowed: Policy['allowedMethods'],
    page: { readonly after: string | null; readonly first: number },
  ): Promise<Unprotected[]>;
  dueReminders(now: Instant, first: number): Promise<DueReminder[]>;
  /** In a transaction: false where the policy or its reminder is another by now; else it stays until the end of the transaction. */
  hold(due: DueReminder): Promise<boolean>;
  /** True for one caller alone, who then sends the mail. */
  claim(due: DueReminder, stage: Reminder['stage'], userId: string): Promise<boolean>;
  /** Puts the next one in the place of this. False where another one is there by now. */
  finish(due: DueReminder, next: Reminder | null): Promise<boolean>;
}
