// @ts-check

/**
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {{ test: string, why: string }} Failure
 * @typedef {{ file: string, seconds: number }} FileTime
 * @typedef {Count & { failures: Failure[], files: FileTime[] }} Summary
 *   `files` are those of the tests, with the time that each took.
 */

/** Lines of an error that are shown again: what was expected and what came, without the way it took. */
const LINES_OF_ERROR = 12;
const STACK = /^\s+at /;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal are control characters
const COLOUR = /\u001b\[[0-9;]*m/g;

/** @param {string | undefined} message */
function shortened(message) {
  const lines = (message ?? 'no message').replace(COLOUR, '').split('\n');
  const ends = lines.findIndex((line) => STACK.test(line));
  return lines
    .slice(0, ends > 0 ? Math.min(ends, LINES_OF_ERROR) : LINES_OF_ERROR)
    .join('\n')
    .trimEnd();
}

/**
 * What a report of Vitest (its reporter `json`) says.
 * @param {any} report
 * @returns {Summary}
 */
export function ofVitest({ numPassedTests, numFailedTests, numFailedTestSuites, testResults }) {
  /** @type {Failure[]} */
  const failures = [];
  for (const { name, status, message, assertionResults } of testResults) {
    if (status !== 'failed') continue;
    const failed = assertionResults.filter((/** @type {any} */ each) => each.status === 'failed');
    for (const { fullName, failureMessages } of failed)
      failures.push({ test: `${name} › ${fullName}`, why: shortened(failureMessages[0]) });
    // A file that does not load, or whose hook fails, has no test that failed.
    if (failed.length === 0) failures.push({ test: name, why: shortened(message) });
  }
  return {
    passed: numPassedTests,
    failed: Math.max(numFailedTests, failures.length, numFailedTestSuites > 0 ? 1 : 0),
    failures,
    files: testResults.map((/** @type {any} */ { name, startTime, endTime }) => ({
      file: name,
      seconds: (endTime - startTime) / 1000,
    })),
  };
}

/**
 * The specs of a suite of Playwright and of those within.
 * @param {any} suite
 * @param {string} path
 * @returns {{ title: string, spec: any }[]}
 */
const listSpecs = ({ suites = [], specs = [] }, path) => [
  ...specs.map((/** @type {any} */ spec) => ({ title: `${path}${spec.title}`, spec })),
  ...suites.flatMap((/** @type {any} */ suite) => listSpecs(suite, `${path}${suite.title} › `)),
];

/**
 * What a report of Playwright (its reporter `json`) says; a test that passed at a second try has failed.
 * @param {any} report
 * @returns {Summary}
 */
export function ofPlaywright({ stats, errors, suites = [] }) {
  const failures = listSpecs({ suites }, '').flatMap(({ title, spec }) =>
    spec.tests
      .filter((/** @type {any} */ { status }) => status === 'unexpected' || status === 'flaky')
      .map((/** @type {any} */ { results }) => ({
        test: title,
        why: shortened(results.flatMap((/** @type {any} */ result) => result.errors ?? []).at(0)?.message),
      })),
  );
  const files = suites.map((/** @type {any} */ suite) => ({
    file: suite.title,
    seconds: listSpecs(suite, '')
      .flatMap(({ spec }) => spec.tests.flatMap((/** @type {any} */ { results }) => results))
      .reduce((/** @type {number} */ sum, /** @type {any} */ { duration = 0 }) => sum + duration / 1000, 0),
  }));
  for (const { message } of errors) failures.push({ test: 'outside of the tests', why: shortened(message) });
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    failures,
    files,
  };
}
