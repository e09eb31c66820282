import type { Instant } from '../ports.js';
import { Forbidden } from '../refusal.js';
import type { Failure } from '../result.js';
import { fail } from '../result.js';
import type { TwoFactorStore } from '../two-factor/two-factor-store.js';
import type { User } from '../users/user.js';
import type { Policy } from './policy.js';
import { allowsMethod, isDemanded, LATEST_DEADLINE } from './policy.js';

/** Administrators as well as owners look after who gets in, and an owner is bound by the policy like everybody. */
export function mayUpdatePolicy(viewer: Pick<User, 'role'>): boolean {
  return viewer.role !== 'MEMBER';
}

/** @throws Forbidden to a member */
export function mustUpdatePolicy(viewer: Pick<User, 'role'>): void {
  if (!mayUpdatePolicy(viewer)) throw new Forbidden('The policy is for administrators and owners.');
}

/** Where two-factor is optional a deadline means nothing. */
export function tidied(policy: Policy): Policy {
  return policy.twoFactorRequired ? policy : { ...policy, requiredFrom: null };
}

/** Why this policy cannot be the one after `before`; null where it can. */
export async function faultOf(
  { twoFactors }: { readonly twoFactors: Pick<TwoFactorStore, 'find'> },
  setter: Pick<User, 'id'>,
  { before, policy, now }: { readonly before: Policy; readonly policy: Policy; readonly now: Instant },
): Promise<Failure | null> {
  if (policy.allowedMethods?.length === 0) return fail('POLICY_LOCKS_OUT', { field: 'allowedMethods' });
  const { requiredFrom } = policy;
  // The deadline in force may have passed, and the rest still be changed.
  if (requiredFrom !== null && requiredFrom !== before.requiredFrom) {
    if (requiredFrom < now || requiredFrom > now + LATEST_DEADLINE)
      return fail('DEADLINE_INVALID', { field: 'requiredFrom' });
  }
  if (!isDemanded(policy, now)) return null;
  // Whoever demands it at once has it: so there is one at least who can take it back.
  const held = (await twoFactors.find(setter.id))?.factors ?? [];
  const isProtected = held.some(({ kind }) => allowsMethod(policy, kind));
  return isProtected ? null : fail('POLICY_LOCKS_OUT', { field: 'requiredFrom' });
}
