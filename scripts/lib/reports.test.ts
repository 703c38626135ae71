import { expect, test } from 'vitest';
import { ofPlaywright, ofVitest } from './reports.mjs';

test('a file of Vitest that does not load, or whose hook fails, is named with its own message', () => {
  const { failed, failures } = ofVitest({
    numPassedTests: 3,
    numFailedTests: 0,
    numFailedTestSuites: 2,
    testResults: [
      { name: 'a.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      { name: 'b.test.ts', status: 'failed', message: 'hook', assertionResults: [{ status: 'skipped' }] },
      { name: 'c.test.ts', status: 'passed', message: '', assertionResults: [{ status: 'passed' }] },
    ],
  });
  expect(failed).toBe(2);
  expect(failures).toEqual([
    { test: 'a.test.ts', why: 'no such module' },
    { test: 'b.test.ts', why: 'hook' },
  ]);
});

test('tests of Playwright are named by their way down, without colours', () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    tests: [{ status, results: [{ errors: message === undefined ? [] : [{ message }] }] }],
  });
  const { passed, failed, failures } = ofPlaywright({
    stats: { expected: 1, unexpected: 1, flaky: 1 },
    errors: [{ message: 'no browser' }],
    suites: [
      {
        title: 'crash.spec.ts',
        specs: [spec('all count', 'unexpected', '\u001b[31mexpected\u001b[39m 3')],
        suites: [{ title: 'twice', specs: [spec('again', 'flaky', 'late'), spec('well', 'expected')] }],
      },
    ],
  });
  expect({ passed, failed }).toEqual({ passed: 1, failed: 3 });
  expect(failures).toEqual([
    { test: 'crash.spec.ts › all count', why: 'expected 3' },
    { test: 'crash.spec.ts › twice › again', why: 'late' },
    { test: 'outside of the tests', why: 'no browser' },
  ]);
});

test('files have the time that they took: of Vitest from begin to end, of Playwright that of all tries', () => {
  const file = {
    name: 'a.test.ts',
    status: 'passed',
    startTime: 1_000,
    endTime: 3_500,
    assertionResults: [],
  };
  const vitest = { numPassedTests: 1, numFailedTests: 0, numFailedTestSuites: 0, testResults: [file] };
  expect(ofVitest(vitest).files).toEqual([{ file: 'a.test.ts', seconds: 2.5 }]);
  const spec = (...durations: number[]) => ({
    title: 'counts',
    tests: [{ status: 'expected', results: durations.map((duration) => ({ duration })) }],
  });
  const playwright = {
    stats: { expected: 2, unexpected: 0, flaky: 0 },
    errors: [],
    suites: [
      { title: 'a.spec.ts', specs: [spec(500)], suites: [{ title: 'in', specs: [spec(1_000, 250)] }] },
    ],
  };
  expect(ofPlaywright(playwright).files).toEqual([{ file: 'a.spec.ts', seconds: 1.75 }]);
});
