import type { PhoneSlot, TwoFactorMethod } from '@twofold/contract/graphql';

/** One thing that happens. Plain data that says what it means, so that a failing story can be read. */
export type Step = Wait | Request;

export type Wait =
  | { readonly do: 'wait'; readonly ms: number }
  /** Until one of the moments at which something runs out, or a millisecond before it. */
  | { readonly do: 'wait for an end'; readonly which: number; readonly justBefore: boolean }
  /** Until the account's locks are over, or until they are forgotten; or a millisecond before it. */
  | (By & { readonly do: 'sit out'; readonly what: 'locks' | 'memory'; readonly justBefore: boolean });

export type Request =
  | (By & { readonly do: 'sign in'; readonly password: PasswordKind; readonly keep: boolean })
  | (AtChallenge & { readonly do: 'text again'; readonly slot: PhoneSlot })
  | (AtChallenge & {
      readonly do: 'verify';
      readonly code: CodeKind;
      readonly method: TwoFactorMethod | null;
    })
  | (AtChallenge & { readonly do: 'recover'; readonly code: RecoveryCodeKind })
  | (InSession & { readonly do: 'look' | 'sign out' | 'view settings' | 'remove backup' | 'regenerate' })
  | (InSession & {
      readonly do: 'confirm password' | 'change password' | 'disable';
      readonly password: PasswordKind;
    })
  | (InSession & { readonly do: 'start'; readonly method: TwoFactorMethod; readonly phone: number })
  | (InSession & { readonly do: 'enable'; readonly code: CodeKind })
  | (InSession & { readonly do: 'start phone'; readonly slot: PhoneSlot; readonly phone: number })
  | (InSession & { readonly do: 'confirm phone'; readonly slot: PhoneSlot; readonly code: CodeKind });

interface By {
  /** Which account; the last one does not exist. */
  readonly who: number;
}
interface AtChallenge extends By {
  /** Which challenge, counted back from the newest. */
  readonly challenge: number;
}
interface InSession extends By {
  /** Which session, counted back from the newest, dead ones too. */
  readonly session: number;
}

/** `former`: the one before this. */
export type PasswordKind = 'right' | 'wrong' | 'former' | 'weak';
/** Of an app: of this step, of the next, of one and of two before. Of texts: the newest, another one, the one before, the first. `used`: the last one that was accepted. */
export type CodeKind = 'right' | 'next' | 'previous' | 'old' | 'used' | 'wrong' | 'malformed';
export type RecoveryCodeKind = 'right' | 'sloppy' | 'former' | 'wrong' | 'mistyped';

export const ACCOUNTS = 2;
export const PHONES = 3;

export function isWait(step: Step): step is Wait {
  return step.do === 'wait' || step.do === 'wait for an end' || step.do === 'sit out';
}
