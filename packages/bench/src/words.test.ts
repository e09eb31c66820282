import { expect, test } from 'vitest';
import { readWords } from './words.js';

test('without words it is the full run', () => {
  expect(readWords([])).toEqual({ quick: false, only: null, rounds: 7 });
});

test('a short run, of some workloads', () => {
  expect(readWords(['--quick', '--only', 'w3,W6'])).toEqual({
    quick: true,
    only: ['W3', 'W6'],
    rounds: 2,
  });
  expect(readWords(['--rounds', '5']).rounds).toBe(5);
});

test.each([[['--fast']], [['--only']], [['--only', 'W9']], [['--rounds', '0']], [['--rounds', 'x']]])(
  'a word that means nothing is told: %j',
  (words) => {
    expect(() => readWords(words)).toThrow('Usage: pnpm bench');
  },
);
