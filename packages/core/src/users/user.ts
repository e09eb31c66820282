import type { Instant } from '../ports.js';
import type { FactorKind } from '../two-factor/second-factor.js';

export type Role = 'OWNER' | 'ADMIN' | 'MEMBER';
export const roles: readonly Role[] = ['OWNER', 'ADMIN', 'MEMBER'];

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly twoFactorRequired: boolean;
  /** null: every method that this service knows. */
  readonly allowedMethods: readonly FactorKind[] | null;
}

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
}

/** Administrators and owners see who is protected; a member knows it only of themselves. */
export function maySeeTwoFactorOf(viewer: Pick<User, 'id' | 'role'>, userId: string): boolean {
  return viewer.role !== 'MEMBER' || viewer.id === userId;
}

/** The form in which an email is stored and looked up. */
export function normalizeEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

/** The form by which text is ordered and searched: without case and accents, alike on every database. */
export function sortKey(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .trim();
}
