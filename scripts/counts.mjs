/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Vitest's JSON report. A file that cannot be loaded has no test that could fail, and an error outside of every test has
 * neither: the exit code tells of both, and it counts as a failure.
 *
 * @param {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: unknown[] }[] } | null} report
 * @param {number} code
 * @returns {Counts}
 */
export function countVitest(report, code) {
  if (report === null) return { passed: 0, failed: 1 };
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return atLeastOneFailure(
    { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length },
    code,
  );
}

/**
 * Playwright's JSON report. A test that passes at the second attempt is a fault of the test or of the product.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number } } | null} report
 * @param {number} code
 * @returns {Counts}
 */
export function countPlaywright(report, code) {
  if (report === null) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  return atLeastOneFailure({ passed: expected, failed: unexpected + flaky }, code);
}

/** @param {Counts} counts @param {number} code @returns {Counts} */
function atLeastOneFailure({ passed, failed }, code) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}
