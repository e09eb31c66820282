import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { page } from './mutants/page.mjs';
import { patched } from './mutants/patch.mjs';
import { rooms } from './mutants/rooms.mjs';
import { verdictOf } from './mutants/verdict.mjs';
import { root } from './places.mjs';

const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8');
const mutants = rooms.flatMap((room) => room.mutants);

describe('the list of guards that `pnpm mutants` takes away', () => {
  test('fits the source of today: what is to be replaced stands there, once', () => {
    const faults = mutants.flatMap((mutant) => {
      try {
        return [...patched(mutant, read)].some(([file, text]) => text !== read(file)) ? [] : [mutant.guard];
      } catch (error) {
        return [String(error)];
      }
    });
    expect(faults).toEqual([]);
    expect(mutants.length).toBeGreaterThan(150);
  });

  test('names test files that are there', () => {
    const tests = mutants.flatMap((mutant) => mutant.tests);
    expect(tests.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(mutants.filter((mutant) => mutant.tests.length === 0)).toEqual([]);
  });

  test('says each thing once, and docs/security/guards.md has a row for each', () => {
    const guards = mutants.map(({ guard }) => guard);
    expect(guards.filter((guard, at) => guards.indexOf(guard) !== at)).toEqual([]);
    const rows = readFileSync(page, 'utf8').split('\n');
    expect(guards.filter((guard) => !rows.some((row) => row.startsWith(`| ${guard} `)))).toEqual([]);
  });
});

describe('a patch', () => {
  const mutant = { guard: 'A.', file: 'a', find: 'x', replace: 'y', tests: [] };

  test('replaces its text, and further ones in the same file', () => {
    const also = [{ file: 'a', find: 'b', replace: 'c' }];
    expect([...patched({ ...mutant, also }, () => 'axb')]).toEqual([['a', 'ayc']]);
  });

  test.each(['abc', 'axbx'])('that no longer fits "%s" is named', (text) => {
    expect(() => patched(mutant, () => text)).toThrow('“A.”');
  });
});

describe('what kills a mutant', () => {
  const passed = { status: 'passed', title: 'green' };
  const failing = (/** @type {string} */ message) => ({
    status: 'failed',
    ancestorTitles: ['all', 'of a room'],
    title: 'red',
    failureMessages: [message],
  });
  const report = (/** @type {object[]} */ assertionResults, status = 'failed', message = '') => ({
    testResults: [{ status, message, assertionResults }],
  });

  test('a test that failed, by its title and the one around it', () => {
    expect(verdictOf(report([passed, failing('expected 1 to be 2')]))).toEqual({
      kind: 'killed',
      title: 'of a room › red',
    });
  });

  test('not a run in which every test passed', () => {
    expect(verdictOf(report([passed], 'passed')).kind).toBe('survived');
  });

  test.each([
    ['a test that hung', report([failing('Error: Test timed out in 40000ms.')])],
    ['a file that does not load', report([], 'failed', 'SyntaxError: Unexpected token')],
    ['a hook that threw', report([{ status: 'skipped', title: 'skipped' }], 'failed', 'Error: in beforeAll')],
  ])('nor %s', (_, given) => {
    expect(verdictOf(given).kind).toBe('unclear');
  });

  test.each([
    ['a file without a test that ran', report([{ status: 'skipped', title: 'skipped' }], 'passed')],
    ['a run that broke off', { testResults: [] }],
    ['no report at all', null],
  ])('and %s says nothing', (_, given) => {
    expect(verdictOf(given).kind).toBe('none');
  });
});
