import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ROOT } from './paths.mjs';
import { LONG_SUITES, runSuites, SUITES, summarize } from './suites.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'footfall-suites-'));
  file = path.join(folder, 'report.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const suite = (name: string) => {
  const { report, commands } = SUITES.find((each) => each.name === name) ?? { commands: [] };
  return report === undefined ? { commands } : { commands, report: { ...report, file } };
};
const count = (name: string, report: object, succeeded: boolean) => {
  writeFileSync(file, JSON.stringify(report));
  const { passed, failed } = summarize(suite(name), [succeeded]);
  return { passed, failed };
};
const vitest = (report: object) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numFailedTestSuites: 0,
  testResults: [],
  ...report,
});
const playwright = (stats: object, errors: object[] = []) => ({
  stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors,
});

test('commands without a report count as one test each', () => {
  const commands = [['one'], ['two', '--twice'], ['three']];
  expect(summarize({ commands }, [true, false, true])).toEqual({
    passed: 2,
    failed: 1,
    files: [],
    failures: [{ test: 'two --twice', why: expect.stringContaining('above') }],
  });
});

test('a command that could not do its work is neither passed nor failed', () => {
  expect(summarize({ commands: [['one'], ['two']] }, [true, null])).toMatchObject({ passed: 1, failed: 0 });
});

test('a suite that wrote no report has crashed', () => {
  expect(summarize(suite('unit'), [false])).toMatchObject({ passed: 0, failed: 1 });
});

test.each([
  ['vitest counts its tests', 'unit', vitest({ numPassedTests: 7 }), true, { passed: 7, failed: 0 }],
  [
    'failed tests count',
    'unit',
    vitest({ numPassedTests: 5, numFailedTests: 2 }),
    false,
    { passed: 5, failed: 2 },
  ],
  ['no test at all is a failure', 'unit', vitest({}), true, { passed: 0, failed: 1 }],
  [
    'a file that does not load is a failure',
    'integration',
    vitest({ numPassedTests: 5, testResults: [{ status: 'failed', assertionResults: [] }] }),
    false,
    { passed: 5, failed: 1 },
  ],
  [
    'an error outside the tests is a failure',
    'unit',
    vitest({ numPassedTests: 5 }),
    false,
    { passed: 5, failed: 1 },
  ],
  ['Playwright counts its tests', 'e2e', playwright({ expected: 3 }), true, { passed: 3, failed: 0 }],
  [
    'a test that passed at the second try failed',
    'e2e',
    playwright({ expected: 3, flaky: 1 }),
    true,
    { passed: 3, failed: 1 },
  ],
  ['errors of set-up count', 'e2e', playwright({ expected: 3 }, [{}]), false, { passed: 3, failed: 1 }],
  ['all skipped is a failure', 'e2e', playwright({ skipped: 3 }), true, { passed: 0, failed: 1 }],
])('%s', (_, name, report, succeeded, expected) => {
  expect(count(name, report, succeeded)).toEqual(expected);
});

const shows = (name: string, condition: string) => ({
  name,
  commands: [['node', '-e', `process.exit(${condition} ? 0 : 1)`]],
});
const needsEngines = (name: string) => ({
  ...shows(name, "process.env.FOOTFALL_TEST_ENGINES === '/engines'"),
  engines: true as const,
});
const withoutEngines = (name: string) => shows(name, 'process.env.FOOTFALL_TEST_ENGINES === undefined');

test('engines are started once, for the suites that need them alone, and given back', async () => {
  const release = vi.fn(() => Promise.resolve());
  const hold = vi.fn(() => Promise.resolve({ folder: '/engines', release }));
  const suites = [withoutEngines('a'), needsEngines('b'), withoutEngines('c'), needsEngines('d')];
  expect(await runSuites(suites, hold)).toEqual({ passed: 4, failed: 0 });
  expect(hold).toHaveBeenCalledTimes(1);
  expect(release).toHaveBeenCalledTimes(1);
  expect(await runSuites([withoutEngines('a')], hold)).toEqual({ passed: 1, failed: 0 });
  expect(hold).toHaveBeenCalledTimes(1);
});

test('a suite whose engines do not start has failed, and the others run', async () => {
  const hold = vi.fn(() => Promise.reject(new Error('no Java')));
  const suites = [needsEngines('a'), withoutEngines('b'), needsEngines('c')];
  expect(await runSuites(suites, hold)).toEqual({ passed: 1, failed: 2 });
  expect(hold).toHaveBeenCalledTimes(1);
});

test('what failed is said again before the last lines, by name and reason', async () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const report = vitest({
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [
      {
        name: path.join(ROOT, 'folder/a.test.ts'),
        status: 'failed',
        assertionResults: [
          {
            fullName: 'counts',
            status: 'failed',
            failureMessages: ['expected 1\nto be 2\n    at a.test.ts:1'],
          },
          { fullName: 'adds', status: 'passed', failureMessages: [] },
        ],
      },
    ],
  });
  const write = `require('fs').writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(JSON.stringify(report))})`;
  try {
    await runSuites([{ ...suite('unit'), name: 'unit', commands: [['node', '-e', write]] }], () =>
      Promise.reject(new Error('needs no engine')),
    );
    const said = written.mock.calls.map(([text]) => text).join('');
    expect(said).toContain('✗ unit: folder/a.test.ts › counts\n    expected 1\n    to be 2\n');
    expect(said).not.toMatch(/adds|at a\.test/);
  } finally {
    written.mockRestore();
  }
});

test('the ten files that took longest are named before the lines of the suites', async () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const testResults = Array.from({ length: 12 }, (_, n) => ({
    name: path.join(ROOT, `folder/f${n}.test.ts`),
    status: 'passed',
    startTime: 0,
    endTime: n * 1_000,
    assertionResults: [],
  }));
  const report = vitest({ numPassedTests: 12, testResults });
  const write = `require('fs').writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(JSON.stringify(report))})`;
  try {
    await runSuites([{ ...suite('unit'), name: 'unit', commands: [['node', '-e', write]] }], () =>
      Promise.reject(new Error('needs no engine')),
    );
    const said = written.mock.calls.map(([text]) => text).join('');
    const named = [...said.matchAll(/(\d+) s {2}unit: folder\/f(\d+)\.test\.ts\n/g)].map(([, s, n]) => [
      s,
      n,
    ]);
    expect(named).toEqual(Array.from({ length: 10 }, (_, n) => [String(11 - n), String(11 - n)]));
    expect(said).toMatch(/slowest files\n(?: .*\n){10}unit +12 passed +0 failed/);
  } finally {
    written.mockRestore();
  }
});

test('what runs long has its own suites: none is in both', () => {
  const names = SUITES.map(({ name }) => name);
  expect(LONG_SUITES.filter(({ name }) => names.includes(name))).toEqual([]);
});
