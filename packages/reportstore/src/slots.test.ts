import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSlots } from './slots.ts';

test('so many run at once, the others in the order in which they came', async () => {
  const slots = createSlots(2, 10_000);
  let [running, most] = [0, 0];
  const begun: number[] = [];
  await Promise.all(
    Array.from({ length: 9 }, (_, index) =>
      slots(async () => {
        begun.push(index);
        running += 1;
        most = Math.max(most, running);
        await sleep(1);
        running -= 1;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test('work that fails makes room, and who waits too long is told', async () => {
  const slots = createSlots(1, 20);
  await expect(slots(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  let end: () => void = () => undefined;
  const long = slots(() => new Promise<void>((resolve) => (end = resolve)));
  await expect(slots(async () => 1)).rejects.toMatchObject({ code: 'query_timeout', retriable: true });
  end();
  await long;
  expect(await slots(async () => 2)).toBe(2);
});
