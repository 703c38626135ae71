// @ts-check
// A part of `npm run lint`: keeps words that were given up from coming back.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './lib/paths.mjs';
import { findGivenUpWords } from './lib/words.mjs';

const listed = execFileSync(
  'git',
  ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.mjs', '*.md'],
  {
    cwd: ROOT,
    encoding: 'utf8',
  },
);
const files = listed.split('\n').filter((file) => file !== '' && existsSync(path.join(ROOT, file)));
const findings = findGivenUpWords(ROOT, files);
for (const { file, line, found, instead } of findings)
  process.stderr.write(`${file}:${line} “${found}” was given up: ${instead}\n`);
if (findings.length > 0) {
  process.stderr.write(`${findings.length} words that were given up; scripts/lib/words.mjs lists them\n`);
  process.exitCode = 1;
}
