import type {
  PhoneSlot,
  ProblemPartsFragment,
  SignInMutation,
  TwoFactorMethod,
} from '@twofold/contract/graphql';

/** What signIn answered when a second factor is due. */
export type Challenge = Omit<
  Extract<SignInMutation['signIn'], { __typename: 'TwoFactorChallenge' }>,
  'deliveryProblem'
> & {
  readonly deliveryProblem: Pick<ProblemPartsFragment, 'code' | 'retryAt'> | null;
  /** The method that the person is verifying with. */
  readonly using: TwoFactorMethod;
  /** The phone that the newest code went to. */
  readonly slot: PhoneSlot | null;
};

const KEY = 'twofold.challenge';

/**
 * Keeps the challenge over a reload, in this tab alone. Its token opens nothing without the code, and dies within minutes.
 */
export function saveChallenge(challenge: Challenge | null): void {
  if (challenge) sessionStorage.setItem(KEY, JSON.stringify(challenge));
  else sessionStorage.removeItem(KEY);
}

/** The challenge of before the reload; null where there is none, it has ended, or what is stored is not ours. */
export function loadChallenge(now: number): Challenge | null {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Challenge | null;
    return stored?.challengeToken && Date.parse(stored.expiresAt) > now ? stored : null;
  } catch {
    return null;
  }
}
