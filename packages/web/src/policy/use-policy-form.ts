import {
  PreviewPolicyDocument,
  UpdatePolicyDocument,
  type PolicyPartsFragment,
  type PreviewPolicyInput,
  type PreviewPolicyQuery,
  type ProblemPartsFragment,
  type TwoFactorMethod,
} from '@twofold/contract/graphql';
import { computed, shallowReadonly, shallowRef, watch } from 'vue';
import { useClient } from '../graphql/client.js';
import { sortFailure, type Failure } from '../graphql/failure.js';
import { useMutation } from '../graphql/use-mutation.js';
import { serverNow } from '../ui/server-clock.js';
import { dayAfter, END_OF_DAY, toInstant, toLocal } from './deadline.js';

export type Demand = 'OPTIONAL' | 'DEADLINE' | 'AT_ONCE';
export type Rehearsal = Extract<PreviewPolicyQuery['previewPolicy'], { __typename: 'PolicyPreview' }>;
/** A month, where nothing is set yet: long enough to be told three times. */
const DAYS_AHEAD = 30;

/** A policy as it is being edited, its rehearsal, and how it is saved. What is typed stays until it is saved or given up. */
export function usePolicyForm(start: PolicyPartsFragment) {
  const client = useClient();
  const saving = useMutation(UpdatePolicyDocument);

  const demand = shallowRef<Demand>('OPTIONAL');
  const day = shallowRef('');
  const time = shallowRef(END_OF_DAY);
  const methods = shallowRef<readonly TwoFactorMethod[]>([]);
  const trusted = shallowRef(false);
  const version = shallowRef(0);
  /** The deadline in force, which may be kept to the second. */
  let kept: string | null = null;

  const rehearsal = shallowRef<Rehearsal | null>(null);
  const rehearsing = shallowRef(false);
  const failure = shallowRef<Failure | null>(null);
  const problem = shallowRef<ProblemPartsFragment | null>(null);
  const dayMissing = shallowRef(false);
  const passwordNeeded = shallowRef(false);
  /** What another administrator has put in force meanwhile. */
  const overtakenBy = shallowRef<PolicyPartsFragment | null>(null);

  function takeOver(policy: PolicyPartsFragment): void {
    const { twoFactorRequired, requiredFrom, allowedMethods, trustedBrowsersAllowed } = policy;
    demand.value = !twoFactorRequired ? 'OPTIONAL' : requiredFrom ? 'DEADLINE' : 'AT_ONCE';
    const local = requiredFrom
      ? toLocal(requiredFrom)
      : { day: dayAfter(serverNow(), DAYS_AHEAD), time: END_OF_DAY };
    day.value = local.day;
    time.value = local.time;
    methods.value = allowedMethods;
    trusted.value = trustedBrowsersAllowed;
    version.value = policy.version;
    kept = requiredFrom ?? null;
    overtakenBy.value = null;
  }
  takeOver(start);

  const requiredFrom = computed(() => {
    const typed = { day: day.value, time: time.value };
    const before = kept && toLocal(kept);
    return before && before.day === typed.day && before.time === typed.time ? kept : toInstant(typed);
  });
  const input = computed<PreviewPolicyInput>(() => ({
    twoFactorRequired: demand.value !== 'OPTIONAL',
    requiredFrom: demand.value === 'DEADLINE' ? requiredFrom.value : null,
    allowedMethods: [...methods.value],
    trustedBrowsersAllowed: trusted.value,
  }));

  // A rehearsal of something else than what would be saved is worse than none.
  watch([demand, day, time, methods], () => {
    rehearsal.value = null;
    problem.value = null;
    dayMissing.value = false;
  });

  /** Asks what would happen. False where that cannot be asked, or would not be allowed. */
  async function rehearse(): Promise<boolean> {
    if (rehearsing.value) return false;
    problem.value = null;
    failure.value = null;
    dayMissing.value = demand.value === 'DEADLINE' && requiredFrom.value === null;
    if (dayMissing.value) return false;
    rehearsing.value = true;
    const asked = input.value;
    try {
      const variables = { input: asked };
      const { data } = await client.query({
        query: PreviewPolicyDocument,
        variables,
        fetchPolicy: 'no-cache',
      });
      const answer = data?.previewPolicy;
      if (answer?.__typename === 'Problem') problem.value = answer;
      // What was changed while the answer was on its way has to be asked anew.
      else if (answer && asked === input.value) rehearsal.value = answer;
    } catch (error) {
      failure.value = sortFailure(error);
    } finally {
      rehearsing.value = false;
    }
    return rehearsal.value !== null;
  }

  /** Puts it in force and answers it; null where it is not, with the reason beside. */
  async function save(): Promise<PolicyPartsFragment | null> {
    problem.value = null;
    const variables = { input: { ...input.value, version: version.value } };
    const answer = (await saving.run(variables))?.updatePolicy;
    if (answer?.__typename === 'PolicyUpdated') return answer.policy;
    if (answer?.code === 'REAUTHENTICATION_REQUIRED') passwordNeeded.value = true;
    else if (answer?.code === 'POLICY_CHANGED' && answer.policyInForce) {
      overtakenBy.value = answer.policyInForce;
      version.value = answer.policyInForce.version;
      rehearsal.value = null;
    } else if (answer) problem.value = answer;
    return null;
  }

  return {
    ...{ demand, day, time, methods, trusted, passwordNeeded },
    rehearsal: shallowReadonly(rehearsal),
    rehearsing: shallowReadonly(rehearsing),
    saving: saving.busy,
    failure: computed(() => failure.value ?? saving.failure.value),
    problem: shallowReadonly(problem),
    dayMissing: shallowReadonly(dayMissing),
    overtakenBy: shallowReadonly(overtakenBy),
    ...{ rehearse, save, takeOver },
  };
}
