import { open, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fileProblem, namingFile } from './file-problem.ts';

const full = () =>
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });

test('a failed write names the file that was meant', async () => {
  const failed = namingFile('/data/secrets.json', () => Promise.reject(full()));
  const error = await failed.catch((problem: unknown) => problem);
  expect(fileProblem(error)).toBe('/data/secrets.json: no space left on the disk (ENOSPC)');
});

test('a file that the system names itself keeps its name', async () => {
  const error = await namingFile('/other', () => readFile('/absent/file')).catch(
    (problem: unknown) => problem,
  );
  expect(fileProblem(error)).toBe('/absent/file: it does not exist (ENOENT)');
});

test('without a name the cause is said', () => {
  expect(fileProblem(full())).toBe('no space left on the disk (ENOSPC)');
});

test.runIf(process.platform === 'linux')('a real disk without room is told', async () => {
  const handle = await open('/dev/full', 'w');
  const error = await namingFile('/dev/full', () => handle.writeFile('x')).catch(
    (problem: unknown) => problem,
  );
  await handle.close();
  expect(fileProblem(error)).toBe('/dev/full: no space left on the disk (ENOSPC)');
});

test.each([
  [new Error('anything else')],
  [Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'connect /var/run/x' })],
  [Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' })],
  ['not an error'],
])('%s is not a problem of a file', (error) => {
  expect(fileProblem(error)).toBeUndefined();
});
