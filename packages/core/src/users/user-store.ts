import type { Instant } from '../ports.js';
import type { NewAccount } from './account-store.js';
import type { Organization, User } from './user.js';

export interface Credentials {
  readonly user: User;
  /** null: it waits for its first password, and nobody can sign in to it. */
  readonly passwordHash: string | null;
  readonly disabled: boolean;
  /** When the password was made the present one. */
  readonly passwordSetAt: Instant;
  /** It opens nothing any more: a new one must be set by a link that was mailed. */
  readonly passwordResetDue: boolean;
}

export type UserOrderField = 'NAME' | 'EMAIL' | 'ROLE' | 'LAST_SIGN_IN_AT';

export interface UserFilter {
  readonly organization: Organization;
  /** Matches a part of the name or the email, without case. */
  readonly search: string | null;
  readonly twoFactorEnabled: boolean | null;
}

export interface UserPageQuery extends UserFilter {
  readonly orderBy: { readonly field: UserOrderField; readonly direction: 'ASC' | 'DESC' };
  readonly first: number;
  readonly after: UserCursor | null;
}

/** Where a page begins: behind the user with this sort value and id. */
export interface UserCursor {
  readonly value: string | number | null;
  readonly id: string;
}

export interface UserPage {
  readonly users: readonly User[];
  readonly hasNextPage: boolean;
}

export interface UserStore {
  /** `email` in the form of `normalizeEmail`. */
  credentialsByEmail(email: string): Promise<Credentials | null>;
  credentialsById(id: string): Promise<Credentials | null>;
  /** null where the organisation has no such user. Disabled users are among them. */
  find(id: string, organizationId: string): Promise<User | null>;
  /** Without case, nulls last in both directions, then by id; `first` users at most. */
  page(query: UserPageQuery): Promise<UserPage>;
  count(filter: UserFilter): Promise<number>;
  /** False where the email is taken. To be called in a transaction. */
  add(account: NewAccount): Promise<boolean>;
  /** In the form of `normalizeEmail`; false where it is taken. To be called in a transaction. */
  setEmail(id: string, email: string): Promise<boolean>;
  /** A reset that was due is done with it. */
  setPasswordHash(id: string, hash: string, at: Instant): Promise<void>;
  /** From now on a reset of the password is due, and the factors are frozen until then. */
  secure(id: string, factorsFrozenUntil: Instant): Promise<void>;
  /** Null lets the user sign in again. */
  setDisabledAt(id: string, at: Instant | null): Promise<void>;
  setLastSignInAt(id: string, at: Instant): Promise<void>;
}
