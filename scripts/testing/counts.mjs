// @ts-check
import { readJsonFile } from "../setup/private-file.mjs";

/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts */

export const NOTHING = /** @type {Counts} */ ({ passed: 0, failed: 0, skipped: 0 });

/** @param {readonly Counts[]} all @returns {Counts} */
export const addUp = (all) =>
  all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    NOTHING,
  );

/** @param {Counts} counts */
export const summaryLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;

/**
 * A tool that failed has failed at least once, whatever its report counts: a file that cannot be loaded has no tests.
 * @param {Counts} counts @param {number} exitCode @returns {Counts}
 */
const atLeastOneFailure = (counts, exitCode) =>
  exitCode === 0 ? counts : { ...counts, failed: Math.max(counts.failed, 1) };

/** From vitest's JSON report. @param {string} file @param {number} exitCode @returns {Counts} */
export const countVitest = (file, exitCode) => {
  const report = readJsonFile(file);
  const counts = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
  return atLeastOneFailure(counts, exitCode);
};

/** From Playwright's JSON report; a test that passed only when repeated has failed. @param {string} file @param {number} exitCode @returns {Counts} */
export const countPlaywright = (file, exitCode) => {
  const stats = readJsonFile(file)?.stats;
  const counts = {
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  };
  return atLeastOneFailure(counts, exitCode);
};
