import type { PhoneSlot, TwoFactorMethod } from '@twofold/contract/graphql';
import { DAY, HOUR, MINUTE, SECOND } from '@twofold/core/ports';
import fc from 'fast-check';

/** One thing that somebody does. Plain data that says what it means, so that a failing story can be read. */
export type Step =
  | { readonly do: 'wait'; readonly ms: number }
  /** Until one of the moments at which something runs out, or a millisecond before it. */
  | { readonly do: 'wait for an end'; readonly which: number; readonly justBefore: boolean }
  | (By & { readonly do: 'sign in'; readonly password: PasswordKind; readonly keep: boolean })
  | (AtChallenge & { readonly do: 'text again'; readonly slot: PhoneSlot })
  | (AtChallenge & { readonly do: 'verify'; readonly code: CodeKind; readonly method: TwoFactorMethod | null })
  | (AtChallenge & { readonly do: 'recover'; readonly code: RecoveryCodeKind })
  | (InSession & { readonly do: 'look' | 'sign out' | 'view settings' | 'remove backup' | 'regenerate' })
  | (InSession & { readonly do: 'confirm password' | 'change password' | 'disable'; readonly password: PasswordKind })
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

const who = fc.nat(ACCOUNTS - 1);
const back = weighted<number>([6, 0], [1, 1], [1, 2]);
const at = { who, challenge: back };
const inside = { who, session: back };
const slot = weighted<PhoneSlot>([1, 'BACKUP'], [1, 'PRIMARY']);
const method = fc.constantFrom<TwoFactorMethod>('TOTP', 'SMS');
const phone = fc.nat(PHONES - 1);
const password = weighted<PasswordKind>([6, 'right'], [2, 'wrong'], [1, 'former']);
const code = weighted<CodeKind>(
  [6, 'right'], [2, 'wrong'], [3, 'used'], [1, 'next'], [1, 'previous'], [1, 'old'], [1, 'malformed'],
);
const recoveryCode = weighted<RecoveryCodeKind>([2, 'right'], [1, 'sloppy'], [2, 'former'], [1, 'wrong'], [1, 'mistyped']);

const wait = fc
  .constantFrom(SECOND, 29 * SECOND, 30 * SECOND, MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 12 * HOUR, DAY)
  .map((ms): Step[] => [{ do: 'wait', ms }]);

/** Single steps, and the usual ways: without those, a story made by chance alone hardly ever comes far. */
const deeds = fc.oneof(
  { weight: 4, arbitrary: wait },
  { weight: 8, arbitrary: one({ do: fc.constant('wait for an end'), which: fc.nat(20), justBefore: fc.boolean() }) },
  { weight: 6, arbitrary: one({ do: fc.constant('sign in'), who: fc.nat(ACCOUNTS), password, keep: fc.boolean() }) },
  { weight: 3, arbitrary: one({ do: fc.constant('text again'), ...at, slot }) },
  { weight: 8, arbitrary: one({ do: fc.constant('verify'), ...at, code, method: weighted([9, null], [1, 'SMS'], [1, 'TOTP']) }) },
  { weight: 3, arbitrary: one({ do: fc.constant('recover'), ...at, code: recoveryCode }) },
  { weight: 3, arbitrary: one({ do: fc.constantFrom('look', 'sign out', 'view settings', 'remove backup', 'regenerate'), ...inside }) },
  { weight: 3, arbitrary: one({ do: fc.constantFrom('confirm password', 'disable'), ...inside, password }) },
  { weight: 1, arbitrary: one({ do: fc.constant('change password'), ...inside, password: fc.oneof(password, fc.constant<PasswordKind>('weak')) }) },
  { weight: 2, arbitrary: one({ do: fc.constant('start'), ...inside, method, phone }) },
  { weight: 3, arbitrary: one({ do: fc.constant('enable'), ...inside, code }) },
  { weight: 2, arbitrary: one({ do: fc.constant('start phone'), ...inside, slot, phone }) },
  { weight: 2, arbitrary: one({ do: fc.constant('confirm phone'), ...inside, slot, code }) },
  { weight: 5, arbitrary: who.map(comeIn) },
  { weight: 2, arbitrary: fc.tuple(who, method, phone).map(setUp) },
  { weight: 3, arbitrary: fc.tuple(who, slot, phone).map(changePhone) },
  { weight: 8, arbitrary: guesses() },
);

/** How the accounts begin, and what happens then. */
export const stories = fc
  .tuple(
    fc.tuple(...Array.from({ length: ACCOUNTS }, () => fc.constantFrom('off', 'SMS', 'TOTP'))),
    fc.array(deeds, { minLength: 1, maxLength: 30, size: 'max' }),
  )
  .map(([beginnings, told]) => [...beginnings.flatMap(beginning), ...told.flat()]);

function comeIn(by: number): Step[] {
  return [
    { do: 'sign in', who: by, password: 'right', keep: false },
    { do: 'verify', who: by, challenge: 0, code: 'right', method: null },
  ];
}

function setUp([by, chosen, number]: [number, TwoFactorMethod, number]): Step[] {
  const here = { who: by, session: 0 };
  return [
    { do: 'confirm password', ...here, password: 'right' },
    { do: 'start', ...here, method: chosen, phone: number },
    { do: 'enable', ...here, code: 'right' },
  ];
}

function changePhone([by, which, number]: [number, PhoneSlot, number]): Step[] {
  const here = { who: by, session: 0, slot: which };
  return [
    { do: 'confirm password', ...here, password: 'right' },
    { do: 'start phone', ...here, phone: number },
    { do: 'confirm phone', ...here, code: 'right' },
  ];
}

function beginning(chosen: 'off' | TwoFactorMethod, by: number): Step[] {
  return chosen === 'off' ? [] : [...comeIn(by), ...setUp([by, chosen, by])];
}

/** The same wrong try again and again: up to what a lock takes, and beyond. */
function guesses() {
  const wrong = fc.oneof(
    { weight: 3, arbitrary: who.map((by): Step => ({ do: 'verify', who: by, challenge: 0, code: 'wrong', method: null })) },
    { weight: 2, arbitrary: who.map((by): Step => ({ do: 'recover', who: by, challenge: 0, code: 'wrong' })) },
    { weight: 2, arbitrary: fc.nat(ACCOUNTS).map((by): Step => ({ do: 'sign in', who: by, password: 'wrong', keep: false })) },
    { weight: 1, arbitrary: who.map((by): Step => ({ do: 'confirm password', who: by, session: 0, password: 'wrong' })) },
    { weight: 2, arbitrary: who.map((by): Step => ({ do: 'enable', who: by, session: 0, code: 'wrong' })) },
  );
  const times = fc.oneof(fc.integer({ min: 2, max: 11 }), fc.constantFrom(9, 10));
  return fc.tuple(wrong, times).map(([step, count]) => Array.from({ length: count }, () => step));
}

function one(shape: { [field: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<Step[]> {
  return fc.record(shape).map((step) => [step as unknown as Step]);
}

function weighted<T>(...values: [number, T][]): fc.Arbitrary<T> {
  return fc.oneof(...values.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}
