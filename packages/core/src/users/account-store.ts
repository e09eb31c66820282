import type { Instant } from '../ports.js';
import type { Organization, Role } from './user.js';

/** What is known of a user before the first sign-in. */
export interface NewAccount {
  readonly id: string;
  readonly organizationId: string;
  /** In the form of `normalizeEmail`. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** null: a first password is to be set by a link. */
  readonly passwordHash: string | null;
  readonly createdAt: Instant;
}

/** For an operator: people of this service found no organisations. */
export interface AccountStore {
  /** Those with this id or exactly this name: names are not unique. */
  organizationsCalled(nameOrId: string): Promise<readonly Organization[]>;
  addOrganization(organization: Organization & { readonly createdAt: Instant }): Promise<void>;
}
