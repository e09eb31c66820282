import type { Instant, Notice } from '../ports.js';
import { DAY } from '../ports.js';
import type { User } from '../users/user.js';

/** For so long nobody changes a factor once the owner has said that a change was not theirs. */
export const FROZEN_FOR = DAY;

/** What the owner hears of with a way back: each change of what a sign-in takes. */
const changes: readonly Notice[] = [
  'TWO_FACTOR_ENABLED',
  'TWO_FACTOR_CHANGED',
  'TWO_FACTOR_DISABLED',
  'TWO_FACTOR_RESET',
  'RECOVERY_CODE_USED',
  'RECOVERY_CODE_REPLACED',
  'PHONE_CHANGED',
  'BACKUP_PHONE_REMOVED',
  'PASSWORD_CHANGED',
  'EMAIL_CHANGED',
];

export function hasWayBack(notice: Notice): boolean {
  return changes.includes(notice);
}

/**
 * The moment from which the factors may be changed again; null where they may be now. Setting a first method up is no change of
 * one: where the organisation demands two-factor, its owner would else be locked out for a day.
 */
export function frozenUntil(user: User, now: Instant): Instant | null {
  if (user.twoFactorMethod === null || user.factorsFrozenUntil === null) return null;
  return user.factorsFrozenUntil > now ? user.factorsFrozenUntil : null;
}
