import type { Random } from '../ports.js';

/** The same values in each run, and no id or token twice. */
export function fakeRandom(seed = 1): Random {
  let count = 0;
  let state = seed;

  /** The generator of ANSI C's example: enough to look irregular. */
  function next(below: number): number {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  }

  return {
    id: () => `00000000-0000-7000-8000-${String(++count).padStart(12, '0')}`,
    token: () => `token-${String(++count).padStart(37, '0')}`,
    digits: (length) => Array.from({ length }, () => next(10)).join(''),
    bytes: (length) => Uint8Array.from({ length }, () => next(256)),
  };
}
