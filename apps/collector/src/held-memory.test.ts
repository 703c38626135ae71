import { expect, test } from 'vitest';
import { HeldMemory } from './held-memory.ts';

test('takes up to its bound, over all requests, and gives back what one held', () => {
  const memory = new HeldMemory(10);
  const [first, second] = [memory.open(), memory.open()];
  expect([first.add(6), second.add(4), second.add(1), memory.bytes]).toEqual([true, true, false, 10]);
  first.release();
  first.release();
  expect([memory.bytes, second.add(6), memory.bytes]).toEqual([4, true, 10]);
});
