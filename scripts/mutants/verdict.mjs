/**
 * What a run of one test file says about a mutant. Only a test that ran and failed kills it: a file that does not load or a
 * hook that throws says that the patch broke the program, not that a test looks at the guard; nor does a test that hung.
 *
 * `none`: Vitest itself broke off, and no test said anything.
 *
 * @typedef {{ kind: 'killed', title: string } | { kind: 'survived' } | { kind: 'unclear' | 'none', why: string }} Verdict
 *
 * @param {any} report of Vitest's JSON reporter; null where it wrote none
 * @returns {Verdict}
 */
export function verdictOf(report) {
  if (report === null) return { kind: 'none', why: 'Vitest wrote no report.' };
  const files = report.testResults ?? [];
  const tests = files.flatMap((/** @type {any} */ file) => file.assertionResults ?? []);
  const failed = tests.find((/** @type {any} */ test) => test.status === 'failed');
  if (failed) {
    const message = firstLine(failed.failureMessages?.[0]);
    if (/timed out/i.test(message)) return { kind: 'unclear', why: `“${failed.title}” hung: ${message}` };
    return { kind: 'killed', title: [...failed.ancestorTitles.slice(-1), failed.title].join(' › ') };
  }
  const broken = files.find((/** @type {any} */ file) => file.status === 'failed');
  if (broken) return { kind: 'unclear', why: firstLine(broken.message) || 'A file or a hook failed.' };
  if (!tests.some((/** @type {any} */ test) => test.status === 'passed'))
    return { kind: 'none', why: 'No test ran.' };
  return { kind: 'survived' };
}

/** @param {unknown} text */
function firstLine(text) {
  return String(text ?? '').split('\n')[0] ?? '';
}
