import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isRunning, processRef, waitForEnd } from './process.ts';

test('this process runs; one with its id that began at another time does not', () => {
  const self = processRef(process.pid);
  expect(isRunning(self)).toBe(true);
  expect(isRunning({ ...self, identity: '1' })).toBe(false);
});

test('an id that nobody has is of no running process', () => {
  expect(isRunning(processRef(0))).toBe(false);
  expect(isRunning(processRef(2 ** 22 + 1))).toBe(false);
});

test('a process has ended even before its parent asks', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const running = processRef(child.pid ?? 0);
  expect(await waitForEnd(running, 0)).toBe(false);
  child.kill('SIGKILL');
  expect(await waitForEnd(running, 10_000)).toBe(true);
  expect(isRunning(running)).toBe(false);
});
