import { expect, test } from 'vitest';
import { sharedFreshness } from './freshness.ts';

test('many who ask at once ask once, and a moment later again', async () => {
  let [time, asked] = [0, 0];
  const through = sharedFreshness(
    async (now) => {
      asked += 1;
      return now;
    },
    () => time,
  );
  expect(await Promise.all([through(1), through(2)])).toEqual([1, 1]);
  time = 199;
  expect(await through(3)).toBe(1);
  time = 200;
  expect(await through(4)).toBe(4);
  expect(asked).toBe(2);
});

test('a failure is told to those who asked, and not to the next', async () => {
  let fails = true;
  const through = sharedFreshness(
    async (now) => {
      if (fails) throw new Error('the log is away');
      return now;
    },
    () => 0,
  );
  const both = await Promise.allSettled([through(1), through(2)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await through(3)).toBe(3);
});
