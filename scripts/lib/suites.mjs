// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT, toolEnvironment } from './paths.mjs';
import { ofPlaywright, ofVitest } from './reports.mjs';

/**
 * @typedef {import('./reports.mjs').Count} Count
 * @typedef {import('./reports.mjs').Summary} Summary
 * @typedef {{ file: string, read: (report: any) => Summary }} Report
 * @typedef {{ name: string, folder?: string, commands: string[][], report?: Report, engines?: true }} Suite
 *   Each command is a program of node_modules/.bin and its arguments; without a report each counts as one test.
 *   Those with `engines` share one Kafka, Cassandra and Elasticsearch.
 * @typedef {() => Promise<{ folder: string, release: () => Promise<void> }>} Hold
 */

/** A command that ends with this code could not do its work here: it is neither passed nor failed, and has said why. */
export const NOT_COUNTED = 77;

const REPORTS = path.join(ROOT, 'artifacts/reports');

/** @param {string} name */
const reportFile = (name) => path.join(REPORTS, `${name}.json`);

/** @param {'unit' | 'dom' | 'integration' | 'cluster' | 'integration-long' | 'cluster-long'} project @returns {Suite} */
function vitest(project) {
  const file = reportFile(project);
  return {
    name: project,
    commands: [
      [
        'vitest',
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ],
    ],
    report: { file, read: ofVitest },
  };
}

/**
 * @param {string} name
 * @param {'postgres' | 'cluster' | 'postgres-long' | 'cluster-long'} project
 * @returns {Suite}
 */
function playwright(name, project) {
  return {
    name,
    folder: 'e2e',
    commands: [['playwright', 'test', `--project=${project}`, '--reporter=list,json']],
    report: { file: reportFile(name), read: ofPlaywright },
  };
}

/** What `npm test` runs. @type {Suite[]} */
export const SUITES = [
  {
    name: 'lint',
    commands: [
      ['biome', 'ci', '.'],
      ['depcruise', '--config', '.dependency-cruiser.cjs', 'apps', 'packages', 'examples'],
      ['knip'],
      ['node', 'scripts/words.mjs'],
      ['node', 'scripts/audit.mjs'],
    ],
  },
  {
    name: 'typecheck',
    commands: [['node', 'scripts/typecheck.mjs']],
  },
  vitest('unit'),
  vitest('dom'),
  vitest('integration'),
  playwright('e2e', 'postgres'),
  { ...vitest('cluster'), engines: true },
  { ...playwright('e2e-cluster', 'cluster'), engines: true },
];

/** What `npm run test:long` runs: the same kinds with more of everything, and the collector at full speed for minutes. @type {Suite[]} */
export const LONG_SUITES = [
  vitest('integration-long'),
  playwright('e2e-long', 'postgres-long'),
  { name: 'soak', commands: [['node', 'bench/soak.ts']] },
  { ...vitest('cluster-long'), engines: true },
  { ...playwright('e2e-cluster-long', 'cluster-long'), engines: true },
];

/** Files that are named at the end, those that took longest. */
const SLOWEST = 10;

/**
 * What a suite has shown, by its report, or by its commands where it writes none.
 * @param {Pick<Suite, 'report' | 'commands'>} suite
 * @param {(boolean | null)[]} succeeded whether each of its commands did; null: it could not be asked, see {@link NOT_COUNTED}
 * @returns {Summary}
 */
export function summarize(suite, succeeded) {
  if (suite.report === undefined) {
    const passed = succeeded.filter(Boolean).length;
    const failures = suite.commands
      .filter((_, index) => succeeded[index] === false)
      .map((command) => ({
        test: command.join(' '),
        why: 'It ended with an error; what it printed is above.',
      }));
    return { passed, failed: failures.length, failures, files: [] };
  }
  if (!existsSync(suite.report.file))
    return {
      passed: 0,
      failed: 1,
      failures: [{ test: 'the whole suite', why: 'It wrote no report.' }],
      files: [],
    };
  const summary = suite.report.read(JSON.parse(readFileSync(suite.report.file, 'utf8')));
  // A suite that ran nothing, or broke outside its tests, has not passed.
  const broken = summary.failed === 0 && (summary.passed === 0 || succeeded.includes(false));
  return broken ? { ...summary, failed: 1 } : summary;
}

/**
 * @param {Suite} suite
 * @param {string | undefined} engines folder of those that all suites share
 * @returns {Summary & { seconds: number }}
 */
function runSuite(suite, engines) {
  const began = performance.now();
  if (suite.report !== undefined) rmSync(suite.report.file, { force: true });
  const env = {
    ...toolEnvironment(),
    PLAYWRIGHT_JSON_OUTPUT_FILE: suite.report?.file,
    // packages/config/src/shared-engines.ts reads it.
    ...(engines === undefined ? {} : { FOOTFALL_TEST_ENGINES: engines }),
    TURBO_TELEMETRY_DISABLED: '1',
  };
  const succeeded = suite.commands.map(([program = '', ...args]) => {
    /** @type {import('node:child_process').SpawnSyncOptions} */
    const options = {
      cwd: path.join(ROOT, suite.folder ?? ''),
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    };
    const { status } = spawnSync(path.join(ROOT, 'node_modules/.bin', program), args, options);
    return status === NOT_COUNTED ? null : status === 0;
  });
  return { ...summarize(suite, succeeded), seconds: (performance.now() - began) / 1000 };
}

/**
 * Runs suites one after the other, those with engines on the ones that `hold` starts once, before the first of them. When
 * they do not start, each of these suites has failed.
 * @param {Suite[]} suites
 * @param {Hold} hold
 */
async function runInTurn(suites, hold) {
  /** @type {Awaited<ReturnType<Hold>> | undefined} */
  let engines;
  /** @type {unknown} */
  let problem;
  const results = [];
  try {
    for (const suite of suites) {
      process.stdout.write(`\n— ${suite.name}\n`);
      if (suite.engines && problem === undefined)
        engines ??= await hold().catch((error) => {
          problem = error;
          return undefined;
        });
      if (suite.engines && engines === undefined) {
        process.stdout.write(`not run: ${problem instanceof Error ? problem.message : problem}\n`);
        results.push({ suite, result: { passed: 0, failed: 1, failures: [], files: [], seconds: 0 } });
      } else {
        results.push({ suite, result: runSuite(suite, suite.engines && engines?.folder) });
      }
    }
  } finally {
    await engines?.release();
  }
  return results;
}

/** @param {string} file */
const fromRoot = (file) => file.replace(path.join(ROOT, path.sep), '');

/** @param {{ suite: Suite, result: Summary }[]} results */
function printSlowest(results) {
  const files = results.flatMap(({ suite, result }) =>
    result.files.map((each) => ({ ...each, suite: suite.name })),
  );
  const slowest = files.sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
  if (slowest.length === 0) return;
  process.stdout.write('slowest files\n');
  for (const { suite, file, seconds } of slowest)
    process.stdout.write(`  ${seconds.toFixed(0).padStart(5)} s  ${suite}: ${fromRoot(file)}\n`);
}

/**
 * Runs suites one after the other, all of them whatever fails, and prints what failed, the files that took longest, and a line and the
 * time of each.
 * @param {Suite[]} suites
 * @param {Hold} hold starts the engines of those suites that need them
 * @returns {Promise<Count>}
 */
export async function runSuites(suites, hold) {
  mkdirSync(REPORTS, { recursive: true });
  const results = await runInTurn(suites, hold);
  process.stdout.write('\n');
  // Once more at the end: who reads the last lines of a long log only must find them.
  for (const { suite, result } of results)
    for (const { test, why } of result.failures)
      process.stdout.write(`✗ ${suite.name}: ${fromRoot(test)}\n${why.replace(/^/gm, '    ')}\n\n`);
  printSlowest(results);
  for (const { suite, result } of results) {
    const { passed, failed, seconds } = result;
    process.stdout.write(
      `${suite.name.padEnd(16)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed  ${seconds.toFixed(0)} s\n`,
    );
  }
  return results.reduce(
    (sum, { result }) => ({ passed: sum.passed + result.passed, failed: sum.failed + result.failed }),
    { passed: 0, failed: 0 },
  );
}
