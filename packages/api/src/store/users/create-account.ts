import type { Organization, Role } from '@twofold/core/users/user';
import { normalizeEmail, sortKey } from '@twofold/core/users/user';
import type { Sql } from '../engine/sql.js';
import { insert } from '../engine/sql.js';
import { insertParts } from './user-parts.js';
import { fromMethods } from './user-row.js';

/** Adds an organisation: for the demo data, for tests and for tools. */
export async function createOrganization(
  sql: Sql,
  organization: Organization & { readonly createdAt: number },
): Promise<void> {
  await insert(sql, 'organizations', {
    id: organization.id,
    name: organization.name,
    two_factor_required: organization.twoFactorRequired,
    allowed_methods: fromMethods(organization.allowedMethods),
    required_from: organization.requiredFrom,
    trusted_browsers_allowed: organization.trustedBrowsersAllowed,
    created_at: organization.createdAt,
  });
}

export interface NewUser {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  /** The moment of creation where it is not given. */
  readonly passwordSetAt?: number;
  readonly createdAt: number;
  readonly disabledAt?: number | null;
  readonly lastSignInAt?: number | null;
}

/** Adds a user; the keys and parts that searches and the order by name run on are made here, and nowhere else. In a transaction,
 *  or somebody without parts may be left behind.
 *  @throws StatementFailed (`isUniqueViolation`) where the email is taken */
export async function createUser(sql: Sql, user: NewUser): Promise<void> {
  const keys = {
    id: user.id,
    organization_id: user.organizationId,
    email_key: sortKey(normalizeEmail(user.email)),
    name_key: sortKey(user.name),
  };
  await insert(sql, 'users', {
    ...keys,
    email: normalizeEmail(user.email),
    name: user.name,
    role: user.role,
    password_hash: user.passwordHash,
    password_set_at: user.passwordSetAt ?? user.createdAt,
    disabled_at: user.disabledAt ?? null,
    created_at: user.createdAt,
    last_sign_in_at: user.lastSignInAt ?? null,
  });
  await insertParts(sql.run, [keys]);
}
