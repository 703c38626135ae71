import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import path from 'node:path';
import * as ours from '@footfall/files/file-problem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileProblem, machineFault } from './file-problem.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'footfall-problem-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function refusal(work: () => Promise<unknown>): Promise<unknown> {
  return work().then(
    () => undefined,
    (error: unknown) => error,
  );
}

test('a file that cannot be opened is one line with its path and the cause, here and in services', async () => {
  const file = path.join(folder, 'absent', 'log');
  const error = await refusal(() => open(file, 'w'));
  expect(fileProblem(error)).toBe(`${file}: it does not exist (ENOENT)`);
  expect(ours.fileProblem(error)).toBe(fileProblem(error));
});

test('what is not a file’s problem keeps its stack', () => {
  expect(fileProblem(new TypeError('x is not a function'))).toBeUndefined();
  const noProgram = spawnSync(path.join(folder, 'absent')).error;
  expect(fileProblem(noProgram)).toBeUndefined();
  expect(ours.fileProblem(noProgram)).toBeUndefined();
});

const logWith = (text: string) => {
  const log = path.join(folder, 'step.log');
  writeFileSync(log, text);
  return log;
};

test.each([
  [
    'npm error code ENOSPC\nnpm error syscall write',
    /^no space left on the disk of \/.* \(\d+ MB free now\)$/,
  ],
  [
    'thread panicked: Os { code: 28, message: "No space left on device" }',
    /^no space left on the disk of \//,
  ],
  ['npm error Error: EROFS: read-only file system, mkdir', /^the file system is read-only \(EROFS\)$/],
  ["npm error Error: EACCES: permission denied, mkdir '/root/.npm'", /^permission denied \(EACCES\)$/],
])('%j is the machine’s fault, in a line', (text, line) => {
  expect(machineFault(logWith(text))).toMatch(line);
});

test('a fault of the sources is not the machine’s', () => {
  expect(machineFault(logWith('src/a.ts(1,1): error TS2304: Cannot find name'))).toBeUndefined();
});

/** A command of ours in a folder whose files it may not write. */
test.runIf(platform() === 'linux')('a command that may not write its log says so in one line', () => {
  const data = path.join(folder, 'data');
  // A folder where the log should be: even root cannot write it.
  mkdirSync(path.join(data, 'logs', 'step.log'), { recursive: true });
  const script = `
    import { run } from ${JSON.stringify(new URL('./run.mjs', import.meta.url).href)};
    import { setupLog } from ${JSON.stringify(new URL('./paths.mjs', import.meta.url).href)};
    import { runStep } from ${JSON.stringify(new URL('./step.mjs', import.meta.url).href)};
    await run(async () => runStep({ title: 'installing', command: 'true', args: [], log: setupLog('step') }));`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, FOOTFALL_DATA_DIR: data },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toBe(`footfall: ${path.join(data, 'logs', 'step.log')}: it is a folder (EISDIR)\n`);
});
