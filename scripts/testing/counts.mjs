// @ts-check
import { readJsonFile } from "../setup/private-file.mjs";

/** What a part's tests came to, and the name and reason of each that was skipped. */
/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: readonly string[] }} Counts */

export const NOTHING = /** @type {Counts} */ ({ passed: 0, failed: 0, skipped: [] });

/** @param {readonly Counts[]} all @returns {Counts} */
export const addUp = (all) =>
  all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: [...sum.skipped, ...one.skipped],
    }),
    NOTHING,
  );

/** A filter on the command line skips every other test: nobody reads more lines than these. */
const MAX_NAMED = 30;

/** The last lines of a run: each skipped test by name, then the counts alone. @param {Counts} counts */
export const summaryLines = ({ passed, failed, skipped }) => {
  const more = skipped.length - MAX_NAMED;
  return [
    ...skipped.slice(0, MAX_NAMED).map((name) => `skipped: ${name}`),
    ...(more > 0 ? [`skipped: ${more} more`] : []),
    `${passed} passed, ${failed} failed, ${skipped.length} skipped`,
  ];
};

/**
 * A tool that failed has failed at least once, whatever its report counts: a file that cannot be loaded has no tests.
 * @param {Counts} counts @param {number} exitCode @returns {Counts}
 */
const atLeastOneFailure = (counts, exitCode) =>
  exitCode === 0 ? counts : { ...counts, failed: Math.max(counts.failed, 1) };

/** From vitest's JSON report. @param {string} file @param {number} exitCode @returns {Counts} */
export const countVitest = (file, exitCode) => {
  const report = readJsonFile(file);
  /** @type {readonly { readonly ancestorTitles: readonly string[], readonly title: string, readonly status: string }[]} */
  const tests = report?.testResults?.flatMap((/** @type {any} */ one) => one.assertionResults) ?? [];
  const counts = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: tests
      .filter(({ status }) => status !== "passed" && status !== "failed")
      .map(({ ancestorTitles, title }) => [...ancestorTitles, title].filter((part) => part !== "").join(" › ")),
  };
  return atLeastOneFailure(counts, exitCode);
};

/** @param {any} suite @returns {readonly string[]} */
const skippedIn = (suite) => [
  ...(suite.suites ?? []).flatMap(skippedIn),
  ...(suite.specs ?? [])
    .filter((/** @type {any} */ spec) => spec.tests.some((/** @type {any} */ one) => one.status === "skipped"))
    .map((/** @type {any} */ spec) => `${suite.title} › ${spec.title}`),
];

/** From Playwright's JSON report; a test that passed only when repeated has failed. @param {string} file @param {number} exitCode @returns {Counts} */
export const countPlaywright = (file, exitCode) => {
  const report = readJsonFile(file);
  const counts = {
    passed: report?.stats?.expected ?? 0,
    failed: (report?.stats?.unexpected ?? 0) + (report?.stats?.flaky ?? 0),
    skipped: report === null ? [] : skippedIn(report),
  };
  return atLeastOneFailure(counts, exitCode);
};
