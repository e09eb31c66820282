import type { Organization, Role } from '@twofold/core/users/user';
import { normalizeEmail, sortKey } from '@twofold/core/users/user';
import type { Sql } from '../engine/sql.js';
import { insert } from '../engine/sql.js';
import type { KeysOfSearch } from './user-parts.js';
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

/** What stands for no password yet: no hash is empty. */
export const NO_PASSWORD = '';

export interface NewUser {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** null: it waits for its first password. */
  readonly passwordHash: string | null;
  /** The moment of creation where it is not given. */
  readonly passwordSetAt?: number;
  readonly createdAt: number;
  readonly disabledAt?: number | null;
  readonly lastSignInAt?: number | null;
}

/** Adds a user; the keys and parts that searches and the order by name run on are made in this file, and nowhere else. In a transaction,
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
    password_hash: user.passwordHash ?? NO_PASSWORD,
    password_set_at: user.passwordSetAt ?? user.createdAt,
    disabled_at: user.disabledAt ?? null,
    created_at: user.createdAt,
    last_sign_in_at: user.lastSignInAt ?? null,
  });
  await insertParts(sql.run, [keys]);
}

/** Changes the email with all that is made of it. In a transaction, or searches may find what is no longer there.
 *  @throws StatementFailed (`isUniqueViolation`) where the email is taken */
export async function setEmail(sql: Sql, id: string, email: string): Promise<void> {
  const email_key = sortKey(email);
  await sql.run('UPDATE users SET email = ?, email_key = ? WHERE id = ?', [email, email_key, id]);
  const user = await sql.first<Pick<KeysOfSearch, 'organization_id' | 'name_key'>>(
    'SELECT organization_id, name_key FROM users WHERE id = ?',
    [id],
  );
  await sql.run('DELETE FROM user_parts WHERE user_id = ?', [id]);
  if (user) await insertParts(sql.run, [{ id, email_key, ...user }]);
}
