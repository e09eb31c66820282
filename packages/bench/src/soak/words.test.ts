import { expect, test } from 'vitest';
import { readSoakWords } from './words.js';

test('a soak is half an hour on MariaDB, or what is asked for', () => {
  expect(readSoakWords([])).toEqual({ minutes: 30, database: 'mariadb' });
  expect(readSoakWords(['--minutes', '2', '--database', 'sqlite'])).toEqual({
    minutes: 2,
    database: 'sqlite',
  });
  for (const words of [['--minutes'], ['--minutes', '0'], ['--database', 'postgres'], ['2']])
    expect(() => readSoakWords(words), words.join(' ')).toThrow('Usage');
});
