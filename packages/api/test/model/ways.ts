import type { PhoneSlot, TwoFactorMethod } from '@twofold/contract/graphql';
import { SECOND } from '@twofold/core/ports';
import type { Step } from './steps.js';

/** What leads up to a step: without it, a story made by chance alone hardly ever comes far. */
export const leads = {
  none: () => [],
  'ask for a challenge': (by: number): Step[] => [{ do: 'sign in', who: by, password: 'right', keep: false }],
  'come in': (by: number): Step[] => [
    { do: 'sign in', who: by, password: 'right', keep: false },
    { do: 'verify', who: by, challenge: 0, code: 'right', method: null },
  ],
  confirm: (by: number): Step[] => [{ do: 'confirm password', who: by, session: 0, password: 'right' }],
  'come in and confirm': (by: number): Step[] => [...leads['come in'](by), ...leads.confirm(by)],
  'begin with an app': (by: number): Step[] => [
    ...leads['come in and confirm'](by),
    { do: 'start', who: by, session: 0, method: 'TOTP', phone: 0 },
  ],
  'begin with texts': (by: number): Step[] => [
    ...leads['come in and confirm'](by),
    { do: 'start', who: by, session: 0, method: 'SMS', phone: 0 },
  ],
  'begin with a phone': (by: number): Step[] => [
    ...leads['come in and confirm'](by),
    { do: 'start phone', who: by, session: 0, slot: 'PRIMARY', phone: 2 },
  ],
} satisfies Record<string, (by: number) => Step[]>;

export type Lead = keyof typeof leads;

export function beginning(chosen: 'off' | TwoFactorMethod, by: number): Step[] {
  return chosen === 'off' ? [] : [...leads['come in'](by), ...setUp([by, chosen, by])];
}

export function setUp([by, chosen, number]: [number, TwoFactorMethod, number]): Step[] {
  const here = { who: by, session: 0 };
  return [
    ...leads.confirm(by),
    { do: 'start', ...here, method: chosen, phone: number },
    { do: 'enable', ...here, code: 'right' },
  ];
}

export function changePhone([by, which, number]: [number, PhoneSlot, number]): Step[] {
  const here = { who: by, session: 0, slot: which };
  return [
    ...leads['come in and confirm'](by),
    { do: 'start phone', ...here, phone: number },
    { do: 'confirm phone', ...here, code: 'right' },
  ];
}

/** Whoever watched a sign-in tries its code. */
export function replay(by: number): Step[] {
  return [
    ...leads['come in'](by),
    ...leads['ask for a challenge'](by),
    { do: 'verify', who: by, challenge: 0, code: 'used', method: null },
  ];
}

export function wrongAt(by: number, guessed: string): Step {
  if (guessed === 'sign in') return { do: 'sign in', who: by, password: 'wrong', keep: false };
  const wrong = { who: by, challenge: 0, code: 'wrong' } as const;
  return guessed === 'recover' ? { do: 'recover', ...wrong } : { do: 'verify', ...wrong, method: null };
}

export function rightInsteadOf(wrong: Step): Step {
  if ('password' in wrong) return { ...wrong, password: 'right' };
  return 'code' in wrong ? { ...wrong, code: 'right' } : wrong;
}

export function sitOut(by: number, what: 'locks' | 'memory', justBefore: boolean): Step {
  return { do: 'sit out', who: by, what, justBefore };
}

export function siegeOfSetUps([by, rounds]: [number, number]): Step[] {
  const here = { who: by, session: 0 };
  const round: Step[] = [
    { do: 'start', ...here, method: 'TOTP', phone: 0 },
    ...Array.from({ length: 5 }, (): Step => ({ do: 'enable', ...here, code: 'wrong' })),
  ];
  return [...leads['come in and confirm'](by), ...Array.from({ length: rounds }, () => round).flat()];
}

export function textsInARow([by, times, which]: [number, number, PhoneSlot]): Step[] {
  const again: Step[] = [
    { do: 'wait', ms: 30 * SECOND },
    { do: 'text again', who: by, challenge: 0, slot: which },
  ];
  return [...leads['ask for a challenge'](by), ...Array.from({ length: times }, () => again).flat()];
}

export function lateSetUp([by, chosen, ms]: [number, TwoFactorMethod, number]): Step[] {
  const [start, enable] = setUp([by, chosen, by]).slice(1);
  return [
    ...leads['come in and confirm'](by),
    ...(start && enable ? [start, { do: 'wait', ms }, enable] : []),
  ] as Step[];
}

export function lateSignIn([by, ms]: [number, number]): Step[] {
  const [asked, verified] = leads['come in'](by);
  return asked && verified ? [asked, { do: 'wait', ms }, verified] : [];
}
