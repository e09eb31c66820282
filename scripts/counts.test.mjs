import { describe, expect, test } from 'vitest';
import { countPlaywright, countVitest } from './counts.mjs';

const ran = { status: 'passed', assertionResults: [{}] };
const broken = { status: 'failed', assertionResults: [] };

describe('the count of Vitest', () => {
  test('is that of its report', () => {
    const report = { numPassedTests: 7, numFailedTests: 2, testResults: [ran] };
    expect(countVitest(report, 1)).toEqual({ passed: 7, failed: 2 });
  });

  test('takes a file that could not be loaded as a failure', () => {
    const report = { numPassedTests: 7, numFailedTests: 1, testResults: [ran, broken, broken] };
    expect(countVitest(report, 1)).toEqual({ passed: 7, failed: 3 });
  });

  test('takes an error outside of every test as a failure', () => {
    const report = { numPassedTests: 7, numFailedTests: 0, testResults: [ran] };
    expect(countVitest(report, 1)).toEqual({ passed: 7, failed: 1 });
  });

  test('is one failure where the run broke off without a report', () => {
    expect(countVitest(null, 137)).toEqual({ passed: 0, failed: 1 });
  });
});

describe('the count of Playwright', () => {
  test('takes a test that passed at the second attempt as a failure', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 2 } };
    expect(countPlaywright(report, 0)).toEqual({ passed: 5, failed: 3 });
  });

  test('is one failure where the server under test did not start', () => {
    expect(countPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0 } }, 1)).toEqual({
      passed: 0,
      failed: 1,
    });
    expect(countPlaywright(null, 1)).toEqual({ passed: 0, failed: 1 });
  });
});
