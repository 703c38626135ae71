import { expect, test } from 'vitest';
import { Signal } from './signal.ts';
import { sleep } from './sleep.ts';

test('a signal ends the waits before it, and none after it', async () => {
  const signal = new Signal();
  const ended: string[] = [];
  const early = signal.wait(60_000).then(() => ended.push('early'));
  signal.notify();
  await early;
  const late = signal.wait(60_000).then(() => ended.push('late'));
  await sleep(20);
  expect(ended).toEqual(['early']);
  signal.notify();
  await late;
  await signal.wait(1);
});
