import { expect, test } from 'vitest';
import { sparingly } from './sparingly.ts';

test('says one of a kind a second, and how many it left out', () => {
  let now = 0;
  const said: [string, number][] = [];
  const say = sparingly<string>(
    (what, leftOut) => void said.push([what, leftOut]),
    () => now,
  );
  for (const what of ['a1', 'a2', 'a3']) say('a', what);
  say('b', 'b1');
  now = 999;
  say('a', 'a4');
  now = 1_000;
  say('a', 'a5');
  now = 2_000;
  say('a', 'a6');
  expect(said).toEqual([
    ['a1', 0],
    ['b1', 0],
    ['a5', 3],
    ['a6', 0],
  ]);
});
