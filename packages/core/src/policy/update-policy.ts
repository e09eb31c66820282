import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded, refused } from '../audit/recorded.js';
import type { Clock, Instant } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import { passwordIsConfirmed } from '../session/session.js';
import type { TrustedBrowserStore } from '../trusted-browsers/trusted-browser-store.js';
import type { TwoFactorStore } from '../two-factor/two-factor-store.js';
import { faultOf, mustUpdatePolicy, tidied } from './check-policy.js';
import type { Policy } from './policy.js';
import type { PolicyStore, StoredPolicy } from './policy-store.js';
import { policyChanges } from './policy-words.js';
import type { Reminder } from './reminder.js';
import type { ShownPolicy } from './view-policy.js';

export interface UpdatePolicyDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly policies: PolicyStore;
  readonly twoFactors: Pick<TwoFactorStore, 'find'>;
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'endAllIn'>;
}

export interface UpdatePolicyInput extends Policy {
  /** Of the policy that the setter has seen. */
  readonly version: number;
}

/**
 * updatePolicy: behind the confirmed password. Of two that were made from the same version one is put in force; the other answers
 * POLICY_CHANGED, and its setter looks again. Who is to be told by mail is told by remindOfPolicy.
 */
export function updatePolicy(deps: UpdatePolicyDeps) {
  return async (
    live: LiveSession,
    { version, ...input }: UpdatePolicyInput,
  ): Promise<Result<ShownPolicy>> => {
    const { session, user } = live;
    mustUpdatePolicy(user);
    const attempt = attemptIn(live, 'UPDATE_POLICY');
    if (!passwordIsConfirmed(session, deps.clock.now()))
      return refused(deps, attempt, fail('REAUTHENTICATION_REQUIRED'));
    const policy = tidied(input);
    const { id } = user.organization;
    const updated = await recorded(
      deps,
      attempt,
      async () => {
        const now = deps.clock.now();
        const before = await deps.policies.find(id);
        if (before.version !== version) return fail('POLICY_CHANGED');
        const fault = await faultOf(deps, user, { before, policy, now });
        if (fault) return fault;
        const reminder = reminderOf(before, policy, now);
        if (!(await deps.policies.replace(id, version, policy, reminder))) return fail('POLICY_CHANGED');
        // Allowed again later, it begins anew.
        if (!policy.trustedBrowsersAllowed) await deps.trustedBrowsers.endAllIn(id);
        const detail = policyChanges(before, policy);
        return ok({ ...policy, version: version + 1, reminder, viewerCanUpdate: true, detail });
      },
      ({ detail }) => ({ detail }),
    );
    if (!updated.ok) return updated;
    const { detail: _told, ...shown } = updated.value;
    return ok(shown);
  };
}

/** Whoever is concerned anew is told at once; a change that concerns nobody leaves the reminders as they are. */
function reminderOf(before: StoredPolicy, policy: Policy, now: Instant): Reminder | null {
  if (policy.requiredFrom === null || policy.requiredFrom <= now) return null;
  const asBefore =
    before.requiredFrom === policy.requiredFrom &&
    JSON.stringify(before.allowedMethods) === JSON.stringify(policy.allowedMethods);
  return asBefore ? before.reminder : { stage: 'ANNOUNCED', at: now };
}
