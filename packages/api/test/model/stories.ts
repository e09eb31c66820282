import type { PhoneSlot, TwoFactorMethod } from '@twofold/contract/graphql';
import { DAY, HOUR, MINUTE, SECOND } from '@twofold/core/ports';
import fc from 'fast-check';
import type { CodeKind, PasswordKind, RecoveryCodeKind, Step } from './steps.js';
import { ACCOUNTS, PHONES } from './steps.js';
import type { Lead } from './ways.js';
import {
  beginning,
  changePhone,
  lateSetUp,
  lateSignIn,
  leads,
  replay,
  rightInsteadOf,
  setUp,
  siegeOfSetUps,
  sitOut,
  textsInARow,
  wrongAt,
} from './ways.js';

const who = weighted<number>([3, 0], [1, 1]);
const anybody = weighted<number>([3, 0], [1, 1], [1, ACCOUNTS]);
const back = weighted<number>([8, 0], [1, 1], [1, 2]);
const slot = weighted<PhoneSlot>([1, 'BACKUP'], [1, 'PRIMARY']);
const mostlyPrimary = weighted<PhoneSlot>([4, 'PRIMARY'], [1, 'BACKUP']);
const method = fc.constantFrom<TwoFactorMethod>('TOTP', 'SMS');
const otherMethod = weighted<TwoFactorMethod | null>([9, null], [1, 'SMS'], [1, 'TOTP']);
const phone = fc.nat(PHONES - 1);
const keep = weighted([3, false], [1, true]);
const password = weighted<PasswordKind>([6, 'right'], [2, 'wrong'], [1, 'former']);
const code = weighted<CodeKind>(
  [5, 'right'],
  [2, 'wrong'],
  [3, 'used'],
  [1, 'next'],
  [1, 'previous'],
  [1, 'old'],
  [1, 'malformed'],
);
const recoveryCode = weighted<RecoveryCodeKind>(
  [2, 'right'],
  [1, 'sloppy'],
  [2, 'former'],
  [1, 'wrong'],
  [1, 'mistyped'],
);

const anyLead = fc.constantFrom<Lead[]>('none', 'come in', 'confirm', 'come in and confirm');
const anySetUp = fc.constantFrom<Lead[]>(
  'none',
  'begin with an app',
  'begin with texts',
  'begin with a phone',
);
const mayChallenge = fc.constantFrom<Lead[]>('none', 'ask for a challenge');

const shortWaits = [SECOND, 29 * SECOND, 30 * SECOND, MINUTE, 10 * MINUTE, 15 * MINUTE];
const waits = fc.constantFrom(...shortWaits, ...shortWaits, 30 * MINUTE, HOUR, 12 * HOUR, DAY);

const start = weighted<'off' | TwoFactorMethod>([1, 'off'], [2, 'SMS'], [2, 'TOTP']);
const late = fc.constantFrom(10 * MINUTE, 10 * MINUTE - 1, 15 * MINUTE - 1, 15 * MINUTE);

const atChallenge = {
  'text again': { who, challenge: back, slot },
  verify: { who, challenge: back, code, method: otherMethod },
  recover: { who, challenge: back, code: recoveryCode },
};
const inSession = {
  look: {},
  'sign out': {},
  'view settings': {},
  'remove backup': {},
  regenerate: {},
  'confirm password': { password },
  disable: { password },
  'change password': { password: fc.oneof(password, password, fc.constant<PasswordKind>('weak')) },
  start: { method, phone },
  'start phone': { slot, phone },
};
const provesSetUp = {
  enable: { code },
  'confirm phone': { slot: mostlyPrimary, code },
};

const deeds = fc.oneof(
  weight(
    3,
    waits.map((ms): Step[] => [{ do: 'wait', ms }]),
  ),
  weight(6, step({ do: fc.constant('wait for an end'), which: fc.nat(8), justBefore: fc.boolean() })),
  weight(3, step({ do: fc.constant('sign in'), who: anybody, password, keep })),
  ...Object.entries(atChallenge).map(([name, shape]) =>
    weight(name === 'verify' ? 8 : 3, led(mayChallenge, { do: fc.constant(name), ...shape })),
  ),
  ...Object.entries({ ...inSession, ...provesSetUp }).map(([name, shape]) =>
    weight(
      name in provesSetUp ? 3 : 1,
      led(name in provesSetUp ? anySetUp : anyLead, { do: fc.constant(name), who, session: back, ...shape }),
    ),
  ),
  weight(3, who.map(replay)),
  weight(2, fc.tuple(who, method, phone).map(setUp)),
  weight(3, fc.tuple(who, slot, phone).map(changePhone)),
  weight(7, guesses()),
  weight(3, siege()),
  weight(1, fc.tuple(who, fc.integer({ min: 1, max: 5 })).map(siegeOfSetUps)),
  weight(2, fc.tuple(who, fc.integer({ min: 1, max: 6 }), mostlyPrimary).map(textsInARow)),
  weight(2, fc.tuple(who, method, late).map(lateSetUp)),
  weight(2, fc.tuple(who, late).map(lateSignIn)),
);

/** How the accounts begin, and what happens then. */
export const stories = fc
  .tuple(
    fc.tuple(...Array.from({ length: ACCOUNTS }, () => start)),
    // Without the bias towards short ones, which come to nothing.
    fc.noBias(fc.array(deeds, { minLength: 1, maxLength: 24, size: 'max' })),
  )
  .map(([beginnings, told]) => [...beginnings.flatMap(beginning), ...told.flat()]);

/** The same wrong try again and again: up to what a lock takes, and beyond. */
function guesses() {
  const here = { session: 0 };
  const begun: ((by: number) => [lead: Step[], guess: Step])[] = [
    (by) => [leads['ask for a challenge'](by), wrongAt(by, 'verify')],
    (by) => [leads['ask for a challenge'](by), wrongAt(by, 'recover')],
    (by) => [[], wrongAt(by, 'sign in')],
    (by) => [leads['come in'](by), { do: 'confirm password', who: by, ...here, password: 'wrong' }],
    (by) => [
      [...leads['come in and confirm'](by), { do: 'start', who: by, ...here, method: 'TOTP', phone: 0 }],
      { do: 'enable', who: by, ...here, code: 'wrong' },
    ],
  ];
  const guess = fc.tuple(fc.nat(begun.length - 1), who);
  const times = fc.oneof(fc.integer({ min: 1, max: 11 }), fc.constantFrom(9, 10));
  return fc.tuple(guess, times, fc.boolean()).map(([[which, by], count, rightInTheEnd]) => {
    const [lead, wrong] = begun[which]?.(by) ?? [[]];
    if (!wrong) return lead;
    const guessed = Array.from({ length: count }, () => wrong);
    return [...lead, ...guessed, ...(rightInTheEnd ? [rightInsteadOf(wrong)] : [])];
  });
}

/** Lock after lock, with or without a success between them, up to where the locks are forgotten and beyond. */
function siege(): fc.Arbitrary<Step[]> {
  const round = fc.record({
    succeeds: fc.boolean(),
    what: weighted<'locks' | 'memory'>([2, 'locks'], [1, 'memory']),
    justBefore: fc.boolean(),
  });
  const kind = fc.constantFrom('verify', 'recover', 'sign in');
  return fc
    .tuple(who, kind, fc.array(round, { minLength: 1, maxLength: 3 }))
    .map(([by, guessed, rounds]) =>
      rounds.flatMap(({ succeeds, ...sitting }): Step[] => [
        ...leads['ask for a challenge'](by),
        ...Array.from({ length: 10 }, () => wrongAt(by, guessed)),
        ...(succeeds ? [sitOut(by, 'locks', false), ...leads['come in'](by)] : []),
        sitOut(by, sitting.what, sitting.justBefore),
        ...leads['come in'](by),
      ]),
    );
}

type Shape = Record<string, fc.Arbitrary<unknown>>;

function step(shape: Shape): fc.Arbitrary<Step[]> {
  return fc.record(shape).map((made) => [made as unknown as Step]);
}

function led(lead: fc.Arbitrary<Lead>, shape: Shape): fc.Arbitrary<Step[]> {
  return fc
    .tuple(lead, fc.record(shape))
    .map(([name, made]) => [...leads[name](made['who'] as number), made as unknown as Step]);
}

function weighted<T>(...values: [number, T][]): fc.Arbitrary<T> {
  return fc.oneof(...values.map(([often, value]) => weight(often, fc.constant(value))));
}

function weight<T>(often: number, arbitrary: fc.Arbitrary<T>) {
  return { weight: often, arbitrary };
}
