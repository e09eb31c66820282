import { ORGANIZATION, person } from '../people.js';
import { base32 } from '../totp.js';

type Row = Readonly<Record<string, string | number | null>>;

export const organizationRow = (now: number): Row => ({
  ...ORGANIZATION,
  two_factor_required: 0,
  created_at: now,
});

/** Of one person who has two-factor on by an app, by table, each after the one that it refers to. */
export function rowsOf(
  number: number,
  { now, passwordHash }: { readonly now: number; readonly passwordHash: string },
  seal: (secret: string, factorId: string) => string,
): Readonly<Record<'users' | 'two_factors' | 'factors', Row>> {
  const { id, email, name, role, secret } = person(number);
  return {
    users: {
      ...{ id, organization_id: ORGANIZATION.id, email, name, role },
      ...{ email_key: email, name_key: name.toLowerCase() },
      ...{ password_hash: passwordHash, password_set_at: now, created_at: now, last_sign_in_at: null },
    },
    two_factors: {
      ...{ user_id: id, method: 'TOTP', enabled_at: now, last_used_at: null },
      ...{ recovery_code_hash: `none-${String(number)}`, recovery_code_created_at: now },
    },
    factors: {
      ...{ id, user_id: id, kind: 'TOTP', slot: 'PRIMARY' },
      ...{ sealed: seal(base32(secret), id), used_step: null, created_at: now },
    },
  };
}
