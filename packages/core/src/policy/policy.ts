import type { Instant } from '../ports.js';
import { DAY } from '../ports.js';
import type { FactorKind } from '../two-factor/second-factor.js';
import type { TwoFactor } from '../two-factor/two-factor.js';
import type { Organization, User } from '../users/user.js';

/** What an organisation asks of its people. */
export type Policy = Omit<Organization, 'id' | 'name'>;

/** So far ahead a deadline may be: the same day of the next year always is. */
export const LATEST_DEADLINE = 366 * DAY;

/** Whether what the organisation asks for is in force: from its deadline on, or at once where it has none. */
export function isInForce({ requiredFrom }: Pick<Policy, 'requiredFrom'>, now: Instant): boolean {
  return requiredFrom === null || now >= requiredFrom;
}

/** Whether two-factor is demanded now: a user without an allowed method may only set one up (S45). */
export function isDemanded(
  policy: Pick<Policy, 'twoFactorRequired' | 'requiredFrom'>,
  now: Instant,
): boolean {
  return policy.twoFactorRequired && isInForce(policy, now);
}

export function allowsMethod(
  { allowedMethods }: Pick<Policy, 'allowedMethods'>,
  method: FactorKind,
): boolean {
  return allowedMethods?.includes(method) ?? true;
}

export function allows({ organization }: Pick<User, 'organization'>, method: FactorKind): boolean {
  return allowsMethod(organization, method);
}

/** Whether the user holds a method that the organisation allows. Holding only such as it rules out is holding none. */
export function isProtected(user: Pick<User, 'organization' | 'twoFactorMethod' | 'heldMethods'>): boolean {
  if (user.twoFactorMethod === null) return false;
  return [user.twoFactorMethod, ...(user.heldMethods ?? [])].some((method) => allows(user, method));
}

/** From when on the user may only set a method up; null where that never comes. */
export function dueAt(user: User, signedInAt: Instant): Instant | null {
  const { twoFactorRequired, requiredFrom } = user.organization;
  return twoFactorRequired && !isProtected(user) ? (requiredFrom ?? signedInAt) : null;
}

/**
 * What may prove a sign-in of all that is held. Once the policy is in force a method that it rules out proves nothing any more
 * where another one is there; where none is, it still does, so that nobody is locked out.
 */
export function usableOf(twoFactor: TwoFactor, organization: Policy, now: Instant): TwoFactor {
  if (organization.allowedMethods === null || !isInForce(organization, now)) return twoFactor;
  const factors = twoFactor.factors.filter(({ kind }) => allowsMethod(organization, kind));
  const first = factors[0];
  if (first === undefined) return twoFactor;
  const method = allowsMethod(organization, twoFactor.method) ? twoFactor.method : first.kind;
  return { ...twoFactor, method, factors };
}
