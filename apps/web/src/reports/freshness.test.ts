import { expect, test } from 'vitest';
import { sharedFreshness } from './freshness.ts';

test('many who ask at once ask once, and a moment later again', async () => {
  let [time, asked] = [0, 0];
  const through = sharedFreshness(
    async (now) => {
      asked += 1;
      return now;
    },
    { clock: () => time },
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
    { clock: () => 0 },
  );
  const both = await Promise.allSettled([through(1), through(2)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await through(3)).toBe(3);
});

test.each([
  ['is away', () => Promise.reject(new Error('the log is away'))],
  ['does not answer', () => new Promise<number>(() => undefined)],
])('while the log %s, what it said last is the answer', async (_, away) => {
  let time = 0;
  let ask: (now: number) => Promise<number> = async (now) => now;
  const through = sharedFreshness((now) => ask(now), { clock: () => time, timeoutMs: 1 });
  expect(await through(5)).toBe(5);
  time = 1_000;
  ask = away;
  expect(await through(1_005)).toBe(5);
  time = 2_000;
  ask = async (now) => now;
  expect(await through(2_005)).toBe(2_005);
});

test('reports never reach less far than they did', async () => {
  let time = 0;
  const through = sharedFreshness(async (now) => now, { clock: () => time });
  expect(await through(9)).toBe(9);
  time = 1_000;
  expect(await through(7)).toBe(9);
});

test('what was reached while the clock was ahead is not claimed when it is right', async () => {
  let time = 0;
  const through = sharedFreshness(async (now) => now - 1, { clock: () => time });
  expect(await through(86_400_000)).toBe(86_399_999);
  time = 200;
  expect(await through(1_000)).toBe(999);
});
