import { expect, test } from 'vitest';
import { nextTurn } from './next-turn.ts';

test('of many works each has a turn of its own, and others are looked at in between', async () => {
  const order: string[] = [];
  const work = async (name: string) => {
    for (let slice = 0; slice < 3; slice += 1) {
      await nextTurn();
      order.push(name);
    }
  };
  let others = 0;
  const look = () => {
    others += 1;
    if (order.length < 9) setImmediate(look);
  };
  setImmediate(look);
  await Promise.all(['a', 'b', 'c'].map(work));
  expect(order.toSorted()).toEqual(['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'c']);
  // Nobody has two slices while others wait.
  expect(order.slice(0, 3).toSorted()).toEqual(['a', 'b', 'c']);
  expect(others).toBeGreaterThanOrEqual(9);
});
