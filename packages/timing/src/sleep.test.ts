import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sleep } from './sleep.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Whether a promise has resolved by now. */
async function isOver(promise: Promise<void>): Promise<boolean> {
  return Promise.race([promise.then(() => true), Promise.resolve().then(() => Promise.resolve(false))]);
}

test('resolves after its time, and not before', async () => {
  const slept = sleep(100, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(99);
  expect(await isOver(slept)).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await slept;
});

test('resolves at once when the signal aborts, or has aborted before, and leaves no timer and no listener', async () => {
  const wake = new AbortController();
  const slept = sleep(60_000, wake.signal);
  wake.abort();
  await slept;
  await sleep(60_000, wake.signal);
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(wake.signal, 'abort')).toEqual([]);
});

test('leaves no listener on a signal that never aborts', async () => {
  const { signal } = new AbortController();
  const slept = sleep(10, signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10);
  await slept;
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
