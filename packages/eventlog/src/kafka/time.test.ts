import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { patiently, Signal, within } from './time.ts';

test('what is in time counts, with its result or its error', async () => {
  expect(await within(1_000, Promise.resolve(1), 'it')).toBe(1);
  await expect(within(1_000, Promise.reject(new Error('no')), 'it')).rejects.toThrow('no');
});

test('what is late is said to be', async () => {
  await expect(within(5, new Promise(() => undefined), 'the flush')).rejects.toThrow(
    'the flush took longer than 5 ms',
  );
});

test('is patient with what fails at first, and says in the end what was wrong', async () => {
  let tries = 0;
  const third = async () => {
    tries += 1;
    if (tries < 3) throw new Error('not yet');
    return tries;
  };
  expect(await patiently(60_000, 'it', third)).toBe(3);
  await expect(patiently(120, 'it', () => Promise.reject(new Error('never')))).rejects.toThrow('never');
  await expect(patiently(20, 'it', () => new Promise(() => undefined))).rejects.toThrow(/it took longer/);
});

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
