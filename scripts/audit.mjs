// Fails on high and critical advisories in dependencies, but for those of audit-exceptions.json, and on exceptions whose day is past.
// Where the registry answers no audits it says so and ends with the code that means: neither passed nor failed. `--required` fails then.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { checkExceptions, isReport, judge } from './lib/audit.mjs';
import { npm } from './lib/install.mjs';
import { ROOT, toolEnvironment } from './lib/paths.mjs';
import { NOT_COUNTED } from './lib/suites.mjs';

/** How long the registry may take, milliseconds. */
const PATIENCE_MS = 60_000;

const exceptions = JSON.parse(readFileSync(new URL('audit-exceptions.json', import.meta.url), 'utf8'));
const today = new Date().toISOString().slice(0, 10);

/** What npm says of the dependencies; a text: why it says nothing. */
function ask() {
  const { command, args } = npm();
  const { stdout, error } = spawnSync(command, [...args, 'audit', '--json'], {
    cwd: ROOT,
    env: toolEnvironment(),
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) return error.message;
  try {
    const report = JSON.parse(stdout);
    return isReport(report) ? report : (report.message ?? report.error?.summary ?? 'it sent no report');
  } catch {
    return 'it sent no report';
  }
}

/** @param {readonly string[]} lines */
const say = (lines) => process.stdout.write(lines.map((line) => `${line}\n`).join(''));

const report = ask();
if (typeof report === 'string') {
  const problems = checkExceptions(exceptions, today);
  say([
    ...problems,
    `dependencies were not audited: the registry answers no audits (${report.split('\n')[0]})`,
  ]);
  process.exitCode = problems.length > 0 || process.argv.includes('--required') ? 1 : NOT_COUNTED;
} else {
  const { refused, excused, problems } = judge(report, exceptions, today);
  say([
    ...refused.map((one) => `${one.severity}: ${one.package}, ${one.title} (${one.url})`),
    ...problems,
    ...excused.map(
      ({ package: name, advisory, exception }) =>
        `excused until ${exception.until}: ${name} ${advisory}, ${exception.reason}`,
    ),
    `dependencies were audited: ${refused.length} advisories fail, ${excused.length} are excused`,
  ]);
  process.exitCode = refused.length + problems.length > 0 ? 1 : 0;
}
