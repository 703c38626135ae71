import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { every } from './every.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const unexpected = (error: unknown) => expect.unreachable(String(error));

test('begins at once, and again after the pause that follows the end of a round', async () => {
  const begun: number[] = [];
  const from = Date.now();
  const repeated = every(
    100,
    async () => {
      begun.push(Date.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 40));
    },
    unexpected,
  );
  await vi.advanceTimersByTimeAsync(300);
  expect(begun).toEqual([0, 140, 280]);
  const stopped = repeated.stop();
  await vi.advanceTimersByTimeAsync(40);
  await stopped;
});

test('goes on after a failure, which it reports', async () => {
  const errors: unknown[] = [];
  let rounds = 0;
  const repeated = every(
    10,
    async () => {
      rounds += 1;
      if (rounds === 1) throw new Error('the first');
    },
    (error) => errors.push(error),
  );
  await vi.advanceTimersByTimeAsync(10);
  expect(rounds).toBe(2);
  expect(errors).toEqual([new Error('the first')]);
  await repeated.stop();
});

test('stops after the round in hand, without waiting for the pause, and begins no other', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const task = vi.fn(() => promise);
  const repeated = every(60_000, task, unexpected);
  let isStopped = false;
  const stopped = repeated.stop().then(() => {
    isStopped = true;
  });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(isStopped).toBe(false);
  resolve();
  await stopped;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(task).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});
