import type { Instant } from '../ports.js';
import type { FactorKind } from '../two-factor/second-factor.js';

export type Role = 'OWNER' | 'ADMIN' | 'MEMBER';
export const roles: readonly Role[] = ['OWNER', 'ADMIN', 'MEMBER'];

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly twoFactorRequired: boolean;
  /** From when on it is, where it is; null: at once. */
  readonly requiredFrom: Instant | null;
  /** null: every method that this service knows. */
  readonly allowedMethods: readonly FactorKind[] | null;
  /** Whether a browser may be trusted, so that it is asked for no second factor for a while. */
  readonly trustedBrowsersAllowed: boolean;
}

/** What holds where nobody has decided anything. */
export const noPolicy = {
  twoFactorRequired: false,
  requiredFrom: null,
  allowedMethods: null,
  trustedBrowsersAllowed: false,
} as const satisfies Omit<Organization, 'id' | 'name'>;

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Instant;
  readonly lastSignInAt: Instant | null;
  readonly organization: Organization;
  /** null: two-factor authentication is off. */
  readonly twoFactorMethod: FactorKind | null;
  /** The owner has said of a change that it was not theirs: until then the factors stay as they are. */
  readonly factorsFrozenUntil: Instant | null;
  /** Every method that is held. Known with two-factor on where the organisation rules methods out, and not on lists. */
  readonly heldMethods?: readonly FactorKind[];
}

/** Administrators and owners see who is protected; a member knows it only of themselves. */
export function maySeeTwoFactorOf(viewer: Pick<User, 'id' | 'role'>, userId: string): boolean {
  return viewer.role !== 'MEMBER' || viewer.id === userId;
}

/** The form in which an email is stored and looked up. */
export function normalizeEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

/** Whether it can be one, in the form of `normalizeEmail`: one address, without quotes, comments or lists. */
export function isEmail(email: string): boolean {
  return (
    email.length <= 254 && /^[^\s\p{Cc}\p{Cf}"(),:;<>@[\\\]]+@[^\s\p{Cc}\p{Cf}"(),:;<>@[\\\]]+$/u.test(email)
  );
}

/** Of a user or an organisation: one line that shows. */
export function isName(name: string): boolean {
  return (
    name.trim() === name && name !== '' && [...name].length <= 200 && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)
  );
}

/** The form by which text is ordered and searched: without case and accents, alike on every database. */
export function sortKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .trim();
}
