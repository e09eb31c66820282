import type { FactorKind } from '@twofold/core/two-factor/second-factor';
import type { Organization, Role, User } from '@twofold/core/users/user';

/** A user and the method, where the organisation is known: fifty rows of a page would repeat it. */
export const ownColumns = `u.id AS user_id, u.email AS user_email, u.name AS user_name, u.role AS user_role,
  u.created_at AS user_created_at, u.last_sign_in_at AS user_last_sign_in_at,
  u.factors_frozen_until, t.method AS two_factor_method`;

export const twoFactorJoin = 'LEFT JOIN two_factors t ON t.user_id = u.id';

export const policyColumns =
  'o.two_factor_required, o.required_from, o.allowed_methods, o.trusted_browsers_allowed';

/** A user, the organisation and the method, as one row beside the columns of another table: hence the prefixes. Every method that is
 *  held is looked up where the organisation rules some out, and nowhere else: this is read for each request. */
export const userColumns = `${ownColumns},
  o.id AS organization_id, o.name AS organization_name, ${policyColumns},
  CASE WHEN o.allowed_methods IS NULL OR t.user_id IS NULL THEN NULL
    ELSE (SELECT GROUP_CONCAT(f.kind) FROM factors f WHERE f.user_id = u.id) END AS held_methods`;

export const userJoins = `JOIN organizations o ON o.id = u.organization_id ${twoFactorJoin}`;

export interface UserOfKnownOrganization {
  readonly user_id: string;
  readonly user_email: string;
  readonly user_name: string;
  readonly user_role: Role;
  readonly user_created_at: number;
  readonly user_last_sign_in_at: number | null;
  readonly two_factor_method: FactorKind | null;
  readonly factors_frozen_until: number | null;
}

export interface JoinedUser extends UserOfKnownOrganization, PolicyColumns {
  readonly organization_id: string;
  readonly organization_name: string;
  /** Separated by commas, some more than once. */
  readonly held_methods: string | null;
}

export interface PolicyColumns {
  readonly two_factor_required: number;
  readonly required_from: number | null;
  readonly allowed_methods: string | null;
  readonly trusted_browsers_allowed: number;
}

export function toUser(row: JoinedUser): User {
  const user = toUserOf({ id: row.organization_id, name: row.organization_name, ...toPolicy(row) }, row);
  if (row.held_methods === null) return user;
  return { ...user, heldMethods: [...new Set(row.held_methods.split(','))] };
}

export function toPolicy(row: PolicyColumns): Omit<Organization, 'id' | 'name'> {
  return {
    twoFactorRequired: row.two_factor_required !== 0,
    requiredFrom: row.required_from,
    allowedMethods: toMethods(row.allowed_methods),
    trustedBrowsersAllowed: row.trusted_browsers_allowed !== 0,
  };
}

export function toUserOf(organization: Organization, row: UserOfKnownOrganization): User {
  return {
    id: row.user_id,
    email: row.user_email,
    name: row.user_name,
    role: row.user_role,
    createdAt: row.user_created_at,
    lastSignInAt: row.user_last_sign_in_at,
    organization,
    twoFactorMethod: row.two_factor_method,
    factorsFrozenUntil: row.factors_frozen_until,
  };
}

/** Null where every method is allowed. */
export function fromMethods(methods: readonly FactorKind[] | null): string | null {
  return methods === null ? null : JSON.stringify(methods);
}

/** As `fromMethods` writes them. */
export function toMethods(stored: string | null): FactorKind[] | null {
  return stored === null ? null : (JSON.parse(stored) as FactorKind[]);
}
