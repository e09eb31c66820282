import { expect, test } from 'vitest';
import { readWords, table } from './matrix.mjs';

test('the matrix is of every line of Node and every suite, or of those that are named', () => {
  expect(readWords([])).toEqual({ wanted: ['20', '22', '24'], suites: [] });
  expect(readWords(['--node', '22,24', 'core'])).toEqual({ wanted: ['22', '24'], suites: ['core'] });
  expect(readWords(['core', 'api'])).toEqual({ wanted: ['20', '22', '24'], suites: ['core', 'api'] });
  for (const words of [['--node', '18'], ['--node'], ['--nodes', '22']])
    expect(() => readWords(words), words.join(' ')).toThrow('Usage');
});

test('a run that broke off shows in the table as such', () => {
  const outcome = { version: 'v22.1.0', passed: 3, failed: 0, minutes: 1.26 };
  expect(
    table([outcome, { version: 'v24.1.0', passed: null, failed: null, minutes: 0 }]).split('\n'),
  ).toEqual([
    '| Node | passed | failed | minutes |',
    '| --- | --- | --- | --- |',
    '| v22.1.0 | 3 | 0 | 1.3 |',
    '| v24.1.0 | broke off | broke off | 0.0 |',
  ]);
});
