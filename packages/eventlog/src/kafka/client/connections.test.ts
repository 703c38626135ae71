import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Connections } from './connections.ts';
import type { Cluster } from './kafkajs.ts';

/** Clusters that note what is done to them. */
function clusters() {
  const notes: string[] = [];
  let made = 0;
  const create = () => {
    made += 1;
    const n = made;
    const note = (what: string) => async () => void notes.push(`${what} ${n}`);
    return {
      connect: note('connect'),
      addMultipleTargetTopics: async (topics: readonly string[]) => void notes.push(`${topics} ${n}`),
      refreshMetadataIfNecessary: async () => undefined,
      disconnect: note('disconnect'),
      n,
    } as unknown as Cluster;
  };
  return { create, notes };
}
const readNumber = async (cluster: Cluster) => (cluster as unknown as { n: number }).n;
const fail = (error: Error) => () => Promise.reject(error);

test('are opened once, with the metadata of their topics, when they are first used', async () => {
  const { create, notes } = clusters();
  const connections = new Connections(create, ['a', 'b']);
  expect(notes).toEqual([]);
  expect(await Promise.all([connections.use(readNumber), connections.use(readNumber)])).toEqual([1, 1]);
  expect(notes).toEqual(['connect 1', 'a,b 1']);
  await connections.close();
  expect(notes.at(-1)).toBe('disconnect 1');
  await expect(connections.use(readNumber)).rejects.toThrow('closed');
});

test('an error that leaves them in doubt ends them, but not under the hands of another user', async () => {
  const { create, notes } = clusters();
  const connections = new Connections(create, []);
  const held = Promise.withResolvers<void>();
  const other = connections.use(() => held.promise);
  await expect(connections.use(fail(new Error('Closed connection')))).rejects.toThrow('Closed connection');
  expect(await connections.use(readNumber)).toBe(2);
  expect(notes).not.toContain('disconnect 1');
  held.resolve();
  await other;
  await expect.poll(() => notes).toContain('disconnect 1');
  expect(notes.filter((note) => note === 'disconnect 1')).toHaveLength(1);
  expect(await connections.use(readNumber)).toBe(2);
  await connections.close();
});

test('an error of the group protocol leaves them as they are, wrapped or not', async () => {
  const { create } = clusters();
  const connections = new Connections(create, []);
  const rebalance = Object.assign(new Error('rebalance'), { type: 'REBALANCE_IN_PROGRESS' });
  await expect(connections.use(fail(rebalance))).rejects.toThrow('rebalance');
  await expect(connections.use(fail(new Error('retried', { cause: rebalance })))).rejects.toThrow('retried');
  expect(await connections.use(readNumber)).toBe(1);
  const moved = Object.assign(new Error('moved'), { type: 'NOT_LEADER_FOR_PARTITION' });
  await expect(connections.use(fail(moved))).rejects.toThrow('moved');
  expect(await connections.use(readNumber)).toBe(2);
  await connections.close();
});

test('what cannot be opened is opened anew for the next user', async () => {
  const { create, notes } = clusters();
  let refused = true;
  const flaky = () => {
    const cluster = create();
    return refused ? Object.assign(cluster, { connect: fail(new Error('ECONNREFUSED')) }) : cluster;
  };
  const connections = new Connections(flaky, []);
  await expect(connections.use(readNumber)).rejects.toThrow('ECONNREFUSED');
  refused = false;
  expect(await connections.use(readNumber)).toBe(2);
  expect(notes).toContain('disconnect 1');
  await connections.close();
});

test('closing waits for those who use them', async () => {
  const { create, notes } = clusters();
  const connections = new Connections(create, []);
  const held = Promise.withResolvers<void>();
  const using = connections.use(() => held.promise);
  const closing = connections.close();
  await sleep(20);
  expect(notes).not.toContain('disconnect 1');
  held.resolve();
  await Promise.all([using, closing]);
  expect(notes.at(-1)).toBe('disconnect 1');
});
