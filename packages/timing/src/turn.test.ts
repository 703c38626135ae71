import { expect, test } from 'vitest';
import { beginTurn } from './turn.ts';

const keepBusy = (ms: number) => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test('a turn is over when its time is, and another begins when others have had the event loop', async () => {
  const turn = beginTurn('a', 5);
  while (!turn.isOver());
  let others = 0;
  setImmediate(() => {
    others += 1;
  });
  await turn.next();
  expect(others).toBe(1);
  expect(beginTurn('b', 60_000).isOver()).toBe(false);
});

test('works that run at the same time have one slice in a turn of the event loop, not one each', async () => {
  let loops = 0;
  let isDone = false;
  const look = () => {
    loops += 1;
    if (!isDone) setImmediate(look);
  };
  setImmediate(look);
  const work = async (n: number) => {
    const turn = beginTurn(`many ${n}`, 0);
    for (let slice = 0; slice < 5; slice += 1) await turn.next();
  };
  await Promise.all(Array.from({ length: 10 }, (_, n) => work(n)));
  isDone = true;
  expect(loops).toBeGreaterThanOrEqual(49);
});

test('one with little to do waits for one slice of another, however much the other has', async () => {
  const order: string[] = [];
  const work = async (owner: string, slices: number) => {
    const turn = beginTurn(owner, 0);
    for (let slice = 0; slice < slices; slice += 1) {
      await turn.next();
      order.push(owner);
    }
  };
  await Promise.all([...Array.from({ length: 20 }, () => work('greedy', 3)), work('modest', 2)]);
  expect(order.slice(0, 4)).toEqual(['greedy', 'modest', 'greedy', 'modest']);
});

test('who has used much begins with waiting, and so does who waits already', async () => {
  const turn = beginTurn('busy', 60_000);
  expect(turn.isOver()).toBe(false);
  keepBusy(50);
  turn.end();
  expect(beginTurn('busy', 60_000).isOver()).toBe(true);
  expect(beginTurn('another', 60_000).isOver()).toBe(false);
  const waits = beginTurn('waits', 0).next();
  expect(beginTurn('waits', 60_000).isOver()).toBe(true);
  await waits;
  expect(beginTurn('waits', 60_000).isOver()).toBe(false);
});
