// Reads how many tests passed from the reports the test runners write.

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * A file that could not even be loaded has no tests to count, and must still count as a failure.
 * @param {any} report Vitest's JSON reporter
 * @returns {Count}
 */
export function countVitest(report) {
  const files = /** @type {{ status: string, assertionResults: { status: string }[] }[]} */ (
    report.testResults ?? []
  );
  const tests = files.flatMap((file) => file.assertionResults);
  const unloadable = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter((test) => test.status === 'failed').length + unloadable.length,
  };
}

/**
 * A test that passed only on a second try has failed: what it proves happens sometimes.
 * @param {any} report Playwright's JSON reporter
 * @returns {Count}
 */
export function countPlaywright(report) {
  const { expected = 0, unexpected = 0, flaky = 0 } = report.stats ?? {};
  const unloadable = unexpected + flaky === 0 ? (report.errors ?? []).length : 0;
  return { passed: expected, failed: unexpected + flaky + unloadable };
}

/**
 * A runner that ended with an error has failed, whatever its report says; one that ran nothing has proved nothing.
 * @param {Count | undefined} count nothing where there was no report
 * @param {number} exitCode
 * @returns {Count}
 */
export function settle(count, exitCode) {
  const { passed, failed } = count ?? { passed: 0, failed: 0 };
  const isSilentFailure = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: isSilentFailure ? 1 : failed };
}
