import {
  SendSignInCodeDocument,
  SignInDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
  type PhoneSlot,
  type ProblemPartsFragment,
  type TwoFactorMethod,
} from '@twofold/contract/graphql';
import { computed, inject, shallowReadonly, shallowRef, type InjectionKey } from 'vue';
import type { Failure } from '../graphql/failure.js';
import { useMutation, type MutationState } from '../graphql/use-mutation.js';
import { useSession } from '../session/use-session.js';
import { serverNow } from '../ui/server-clock.js';
import { loadChallenge, saveChallenge, type Challenge } from './challenge-memory.js';

/** How a step ended. `again` stays on the page: `problem` or `failure` says why. */
export type StepEnd = 'signed-in' | 'challenged' | 'sent' | 'over' | 'again';

export interface ChallengeState {
  readonly challenge: Readonly<{ value: Challenge | null }>;
  readonly set: (challenge: Challenge | null) => void;
}

export const challengeKey: InjectionKey<ChallengeState> = Symbol('challenge');

/** One an app: the guards and the three pages of the sign-in share it. */
export function createChallengeState(): ChallengeState {
  const challenge = shallowRef(loadChallenge(serverNow()));
  return {
    challenge: shallowReadonly(challenge),
    set: (next) => {
      challenge.value = next;
      saveChallenge(next);
    },
  };
}

/**
 * The sign-in as a small state machine: credentials, then a challenge where two-factor is on, then the session. Each step
 * is one mutation, and its union says which state comes next.
 */
export function useSignIn() {
  const state = inject(challengeKey);
  if (!state) throw new Error('No challenge state was provided.');
  const session = useSession();
  const problem = shallowRef<ProblemPartsFragment | null>(null);
  const failure = shallowRef<Failure | null>(null);

  const credentials = useMutation(SignInDocument);
  const sending = useMutation(SendSignInCodeDocument);
  const verifying = useMutation(VerifyTwoFactorCodeDocument);
  const recovering = useMutation(VerifyRecoveryCodeDocument);

  async function ask<TData, TVariables>(
    mutation: MutationState<TData, TVariables>,
    variables: TVariables,
  ): Promise<TData | null> {
    problem.value = null;
    failure.value = null;
    const data = await mutation.run(variables);
    failure.value = mutation.failure.value;
    return data;
  }

  function fail(found: ProblemPartsFragment): StepEnd {
    if (found.code === 'CHALLENGE_EXPIRED') {
      state!.set(null);
      return 'over';
    }
    problem.value = found;
    return 'again';
  }

  async function finish(): Promise<StepEnd> {
    state!.set(null);
    await session.begin();
    return 'signed-in';
  }

  async function signIn(email: string, password: string, keepSignedIn: boolean): Promise<StepEnd> {
    const answer = (await ask(credentials, { input: { email, password, keepSignedIn } }))?.signIn;
    if (!answer) return 'again';
    if (answer.__typename === 'Problem') return fail(answer);
    if (answer.__typename === 'SignedIn') return finish();
    state!.set({ ...answer, using: answer.method, slot: answer.delivery?.slot ?? null });
    return 'challenged';
  }

  async function sendCode(slot: PhoneSlot): Promise<StepEnd> {
    const current = state!.challenge.value;
    if (!current) return 'over';
    const input = { challengeToken: current.challengeToken, slot };
    const answer = (await ask(sending, { input }))?.sendSignInCode;
    if (!answer) return 'again';
    if (answer.__typename === 'Problem') return fail(answer);
    state!.set({ ...current, delivery: answer, deliveryProblem: null, slot: answer.slot });
    return 'sent';
  }

  async function verify(code: string, trustBrowser = false): Promise<StepEnd> {
    const current = state!.challenge.value;
    if (!current) return 'over';
    const { challengeToken, using: method } = current;
    const input = { challengeToken, code, method, ...(trustBrowser && { trustBrowser }) };
    const answer = (await ask(verifying, { input }))?.verifyTwoFactorCode;
    if (!answer) return 'again';
    return answer.__typename === 'Problem' ? fail(answer) : finish();
  }

  async function recover(recoveryCode: string): Promise<StepEnd> {
    const current = state!.challenge.value;
    if (!current) return 'over';
    const input = { challengeToken: current.challengeToken, recoveryCode };
    const answer = (await ask(recovering, { input }))?.verifyRecoveryCode;
    if (!answer) return 'again';
    return answer.__typename === 'Problem' ? fail(answer) : finish();
  }

  function use(method: TwoFactorMethod): void {
    const current = state!.challenge.value;
    problem.value = null;
    if (current) state!.set({ ...current, using: method });
  }

  return {
    challenge: state.challenge,
    problem: shallowReadonly(problem),
    failure: shallowReadonly(failure),
    busy: computed(() => verifying.busy.value || recovering.busy.value || credentials.busy.value),
    sendingCode: sending.busy,
    signIn,
    sendCode,
    verify,
    recover,
    use,
    cancel: () => state.set(null),
  };
}
