import { expect, test } from 'vitest';
import { createFairTurns } from './fair-turns.ts';

test('owners take turns, whatever each has waiting, and one that fails makes room', async () => {
  const turns = createFairTurns(1);
  const done: string[] = [];
  const work = (name: string) => async () => {
    await Promise.resolve();
    done.push(name);
    if (name === 'a2') throw new Error(name);
  };
  const a = ['a1', 'a2', 'a3', 'a4'].map((name) => turns('a', work(name)));
  const others = [turns('b', work('b1')), turns('c', work('c1')), turns('b', work('b2'))];
  const results = await Promise.allSettled([...a, ...others]);
  expect(done).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
});

test('there is room for as much as it was made for', async () => {
  const turns = createFairTurns(2);
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  await Promise.all(Array.from({ length: 7 }, (_, n) => turns(String(n % 3), work)));
  expect(most).toBe(2);
});
