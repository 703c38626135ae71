import { expect, test } from 'vitest';
import { throttledLog } from './throttled-log.ts';

test('logs one of a kind a second, and how many it left out', () => {
  let now = 0;
  const logged: [string, number][] = [];
  const log = throttledLog<string>(
    (what, leftOut) => void logged.push([what, leftOut]),
    () => now,
  );
  for (const what of ['a1', 'a2', 'a3']) log('a', what);
  log('b', 'b1');
  now = 999;
  log('a', 'a4');
  now = 1_000;
  log('a', 'a5');
  now = 2_000;
  log('a', 'a6');
  expect(logged).toEqual([
    ['a1', 0],
    ['b1', 0],
    ['a5', 3],
    ['a6', 0],
  ]);
});
