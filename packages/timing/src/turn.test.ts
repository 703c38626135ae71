import { expect, test } from 'vitest';
import { beginTurn } from './turn.ts';

test('a turn is over when its time is, and another begins when others have had the event loop', async () => {
  const turn = beginTurn(5);
  while (!turn.isOver());
  let others = 0;
  setImmediate(() => {
    others += 1;
  });
  await turn.next();
  expect(others).toBe(1);
  expect(beginTurn(60_000).isOver()).toBe(false);
});
