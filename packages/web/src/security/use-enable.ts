import { factorCopy } from '@twofold/factors/copy';
import {
  EnableTwoFactorDocument,
  StartTwoFactorDocument,
  type ProblemPartsFragment,
  type StartTwoFactorMutation,
  type TwoFactorMethod,
} from '@twofold/contract/graphql';
import { computed, shallowReadonly, shallowRef } from 'vue';
import { useMutation } from '../graphql/use-mutation.js';
import { likelyCountry } from '../ui/phone-countries.js';
import { serverNow } from '../ui/server-clock.js';

export type Step = 'choose' | 'prove' | 'recovery' | 'backup' | 'done';
type Setup = Exclude<StartTwoFactorMutation['startTwoFactor'], { __typename: 'Problem' }>;

/**
 * Setting a method up, step by step. `changeTo` replaces the method in force: there is nothing to choose then, and the
 * recovery code stays. What was typed is kept when a person goes back.
 */
export function useEnable(changeTo: TwoFactorMethod | null) {
  const starting = useMutation(StartTwoFactorDocument);
  const enabling = useMutation(EnableTwoFactorDocument);

  const step = shallowRef<Step>(changeTo ? 'prove' : 'choose');
  const method = shallowRef<TwoFactorMethod | null>(changeTo);
  const setup = shallowRef<Setup | null>(null);
  const number = shallowRef('');
  const country = shallowRef(likelyCountry());
  const problem = shallowRef<ProblemPartsFragment | null>(null);
  const passwordNeeded = shallowRef(false);
  const recoveryCode = shallowRef('');

  const shape = computed(() => method.value && factorCopy[method.value].shape);
  const steps = computed<readonly Step[]>(() =>
    shape.value === 'deliver' ? ['choose', 'prove', 'recovery', 'backup'] : ['choose', 'prove', 'recovery'],
  );
  const phoneSetup = computed(() => (setup.value?.__typename === 'PhoneSetup' ? setup.value : null));
  const scanSetup = computed(() => (setup.value?.__typename === 'AuthenticatorSetup' ? setup.value : null));

  /** Asks the API to begin; where it wants the password first, `passwordNeeded` says so and this is called again. */
  async function start(): Promise<void> {
    if (!method.value) return;
    problem.value = null;
    const phone = { phoneNumber: number.value.trim(), defaultCountry: country.value };
    const input = { method: method.value, ...(shape.value === 'deliver' && phone) };
    const answer = (await starting.run({ input }))?.startTwoFactor;
    if (!answer) return;
    if (answer.__typename !== 'Problem') {
      setup.value = answer;
      step.value = 'prove';
    } else if (answer.code === 'REAUTHENTICATION_REQUIRED') passwordNeeded.value = true;
    else problem.value = answer;
  }

  /** A scanned secret is needed at once; a delivered one waits for the address. */
  async function choose(chosen: TwoFactorMethod): Promise<void> {
    const kept = chosen === method.value && setup.value && Date.parse(setup.value.expiresAt) > serverNow();
    method.value = chosen;
    problem.value = null;
    if (!kept) setup.value = null;
    // A method that the organisation does not allow is refused on the page where another can be chosen.
    if (shape.value === 'scan' && !kept) await start();
    else step.value = 'prove';
  }

  async function enable(code: string): Promise<void> {
    if (!setup.value) return;
    problem.value = null;
    const answer = (await enabling.run({ input: { code, setupId: setup.value.setupId } }))?.enableTwoFactor;
    if (answer?.__typename === 'TwoFactorEnabled') {
      recoveryCode.value = answer.recoveryCode ?? '';
      step.value = answer.recoveryCode ? 'recovery' : 'done';
    } else if (answer) {
      problem.value = answer;
      if (answer.code === 'SETUP_EXPIRED') setup.value = null;
    }
  }

  function afterRecovery(): void {
    recoveryCode.value = '';
    step.value = shape.value === 'deliver' ? 'backup' : 'done';
  }

  return {
    step: shallowReadonly(step),
    steps,
    method: shallowReadonly(method),
    shape,
    phoneSetup,
    scanSetup,
    number,
    country,
    problem: shallowReadonly(problem),
    failure: computed(() => starting.failure.value ?? enabling.failure.value),
    starting: starting.busy,
    enabling: enabling.busy,
    passwordNeeded,
    recoveryCode: shallowReadonly(recoveryCode),
    start,
    choose,
    enable,
    afterRecovery,
    back: () => {
      problem.value = null;
      step.value = 'choose';
    },
    end: () => (step.value = 'done'),
  };
}
