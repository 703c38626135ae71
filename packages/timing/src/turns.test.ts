import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

const newTurns = () => new Turns({ atOnce: 2, waiting: 3, full: () => new Error('full') });

/** Work that ends when it is told to, and counts how much of it runs. */
function controlled() {
  let running = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  };
  return { work, ends, most: () => most };
}

it('does so many at a time, lets so many wait, and tells others at once', async () => {
  const turns = newTurns();
  const { work, ends, most } = controlled();
  const all = Array.from({ length: 30 }, () => turns.run(work));
  const told = Promise.allSettled(all);
  for (let done = 0; done < 5; done += 1) {
    await expect.poll(() => ends.length).toBeGreaterThan(0);
    ends.shift()?.();
  }
  const results = await told;
  expect(results.map(({ status }) => status).filter((status) => status === 'fulfilled')).toHaveLength(5);
  // Those who came first.
  expect(results.slice(0, 5).every(({ status }) => status === 'fulfilled')).toBe(true);
  expect(most()).toBe(2);
});

it('goes on after work that fails', async () => {
  const turns = newTurns();
  const fails = () => Promise.reject(new Error('no'));
  const results = await Promise.allSettled([1, 2, 3, 4].map(() => turns.run(fails)));
  expect(results.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  expect(await turns.run(async () => 'done')).toBe('done');
});
