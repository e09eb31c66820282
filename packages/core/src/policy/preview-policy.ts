import type { Clock, Instant } from '../ports.js';
import type { Result } from '../result.js';
import { ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import type { TwoFactorStore } from '../two-factor/two-factor-store.js';
import { faultOf, mustUpdatePolicy, tidied } from './check-policy.js';
import type { Policy } from './policy.js';
import type { PolicyStore, ProtectionCounts, Unprotected } from './policy-store.js';

export interface PreviewPolicyDeps {
  readonly clock: Clock;
  readonly policies: PolicyStore;
  readonly twoFactors: Pick<TwoFactorStore, 'find'>;
}

/** What would come of a policy, were it saved now and nobody did anything until its deadline. */
export interface PolicyPreview extends ProtectionCounts {
  /** From when on they would have to set a method up before going on; null where two-factor is optional. */
  readonly from: Instant | null;
  /** How many would be told by mail. */
  readonly warned: number;
  /** The first of them. */
  readonly people: readonly Unprotected[];
}

const NAMED = 10;

/** previewPolicy: the rehearsal of updatePolicy. It changes nothing and asks for no password. */
export function previewPolicy(deps: PreviewPolicyDeps) {
  return async ({ user }: LiveSession, input: Policy): Promise<Result<PolicyPreview>> => {
    mustUpdatePolicy(user);
    const policy = tidied(input);
    const now = deps.clock.now();
    const { id } = user.organization;
    const fault = await faultOf(deps, user, { before: await deps.policies.find(id), policy, now });
    if (fault) return fault;
    const { twoFactorRequired, requiredFrom, allowedMethods } = policy;
    const counts = await deps.policies.count(id, allowedMethods);
    const page = { after: null, first: NAMED };
    return ok({
      ...counts,
      from: twoFactorRequired ? (requiredFrom ?? now) : null,
      warned:
        requiredFrom !== null && requiredFrom > now ? counts.withoutTwoFactor + counts.methodRuledOut : 0,
      people: await deps.policies.unprotected(id, allowedMethods, page),
    });
  };
}
