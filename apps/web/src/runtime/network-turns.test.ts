import { expect, it } from 'vitest';
import { createNetworkTurns } from './network-turns.ts';

/** Work that ends when it is told to. */
function openWork() {
  const ends: (() => void)[] = [];
  const work = () => new Promise<void>((resolve) => ends.push(resolve));
  return { ends, work };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('a network has so much in hand at once, and another does not wait for it', async () => {
  const run = createNetworkTurns({ atOnce: 2, waiting: 10 });
  const { ends, work } = openWork();
  const flood = Array.from({ length: 5 }, (_, n) => run(`203.0.113.${n}`, work));
  const one = Array.from({ length: 5 }, () => run('198.51.100.1', work));
  await settle();
  // Addresses are networks of their own in IPv4.
  expect(ends).toHaveLength(7);
  while (ends.length > 0) {
    ends.shift()?.();
    await settle();
  }
  await Promise.all([...flood, ...one]);
});

it('addresses of one IPv6 network count together', async () => {
  const run = createNetworkTurns({ atOnce: 1, waiting: 10 });
  const { ends, work } = openWork();
  const both = [run('2001:db8:1:2::1', work), run('2001:db8:1:2::2', work)];
  await settle();
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await settle();
  ends[1]?.();
  await Promise.all(both);
});

it('whoever finds no place to wait is told so, and there is room again when it ends', async () => {
  const run = createNetworkTurns({ atOnce: 1, waiting: 1 });
  const { ends, work } = openWork();
  const taken = [run('198.51.100.1', work), run('198.51.100.1', work)];
  await expect(run('198.51.100.1', work)).rejects.toThrow(
    expect.objectContaining({ code: 'too_many_requests' }),
  );
  await settle();
  ends[0]?.();
  await settle();
  ends[1]?.();
  await Promise.all(taken);
  await run('198.51.100.1', async () => undefined);
});

it('what fails gives its place back', async () => {
  const run = createNetworkTurns({ atOnce: 1, waiting: 0 });
  for (let n = 0; n < 3; n += 1)
    await expect(run('198.51.100.1', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

it.each(['', '127.0.0.1', '10.0.0.3', '::1'])(
  'an address that many may share (%j) has no bound',
  async (client) => {
    const run = createNetworkTurns({ atOnce: 1, waiting: 0 });
    const { ends, work } = openWork();
    const all = Array.from({ length: 5 }, () => run(client, work));
    await settle();
    expect(ends).toHaveLength(5);
    for (const end of ends) end();
    await Promise.all(all);
  },
);
