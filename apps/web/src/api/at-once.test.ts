import { expect, test } from 'vitest';
import { endingWith, limitAtOnce } from './at-once.ts';

test('so much of a name goes on at once, of each name for itself', () => {
  const atOnce = limitAtOnce(2);
  const first = atOnce.begin('a');
  expect(atOnce.begin('a')).not.toBeNull();
  expect(atOnce.begin('a')).toBeNull();
  expect(atOnce.begin('b')).not.toBeNull();
  first?.();
  // Once is enough.
  first?.();
  expect(atOnce.begin('a')).not.toBeNull();
  expect(atOnce.begin('a')).toBeNull();
});

async function* pieces(count: number, fails = false) {
  for (let n = 0; n < count; n += 1) yield n;
  if (fails) throw new Error('no more');
}

test.each([
  ['they are all taken', 5, false],
  ['nobody wants more', 1, false],
  ['they cannot be made', 5, true],
])('the end is told when %s', async (_, wanted, fails) => {
  let ended = 0;
  const all = endingWith(pieces(3, fails), () => {
    ended += 1;
  });
  try {
    let taken = 0;
    for await (const _piece of all) {
      taken += 1;
      if (taken === wanted) break;
    }
  } catch {
    // Told below.
  }
  expect(ended).toBe(1);
});
