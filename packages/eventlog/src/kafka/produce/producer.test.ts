import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LogRecord } from '../../event-log.ts';
import { Connections } from '../client/connections.ts';
import { listStreams } from '../streams.ts';
import { type Behaviour, fakeBroker } from './fake-broker.fixture.ts';
import { Producer } from './producer.ts';

const NOT_LEADER = 6;
const TOO_LARGE = 10;
const OUT_OF_ORDER = 45;

function setUp(partitions: number, script: Behaviour[] = [], timeoutMs = 60_000) {
  const { cluster, ...notes } = fakeBroker(partitions, script);
  const streams = listStreams({ prefix: '', region: 'eu', regions: ['eu'] });
  const producer = new Producer(new Connections(() => cluster, streams.all), streams, {
    codec: 'zstd',
    timeoutMs,
  });
  return { producer, cluster, ...notes };
}
const records = (values: readonly string[], more: Partial<LogRecord> = {}): LogRecord[] =>
  values.map((value) => ({ topic: 'events', key: 'k', value, receivedAt: 0, ...more }));

test('one batch goes to each partition, counted on from flush to flush', async () => {
  const { producer, requests } = setUp(1);
  await producer.flush([...records(['1', '2']), ...records(['3'], { topic: 'touched' })]);
  await producer.flush([...records(['4']), ...records(['5'], { category: 'commerce' })]);
  expect(requests).toEqual([
    [
      { partition: 'eu.hits/0', producerId: 1, sequence: 0, values: ['1', '2'] },
      { partition: 'touched/0', producerId: 1, sequence: 0, values: ['3'] },
    ],
    [
      { partition: 'eu.hits/0', producerId: 1, sequence: 2, values: ['4'] },
      { partition: 'eu.commerce/0', producerId: 1, sequence: 0, values: ['5'] },
    ],
  ]);
});

test('a partition that has moved gets its batch again, as the same; the others do not', async () => {
  const moved = {
    code: ({ partition }: { partition: string }) => (partition === 'touched/0' ? NOT_LEADER : 0),
  };
  const { producer, requests } = setUp(1, [moved, moved]);
  await producer.flush([...records(['1']), ...records(['2'], { topic: 'touched' })]);
  const again = { partition: 'touched/0', producerId: 1, sequence: 0, values: ['2'] };
  expect(requests.slice(1)).toEqual([[again], [again]]);
});

test('a batch whose answer is lost is sent again as the same, so that the broker does not take it twice', async () => {
  const { producer, requests, taken } = setUp(1, [{ losesAnswer: true }]);
  await producer.flush(records(['1']));
  await producer.flush(records(['2']));
  expect(requests).toHaveLength(3);
  expect(taken.map(({ values, sequence }) => [values, sequence])).toEqual([
    [['1'], 0],
    [['2'], 1],
  ]);
});

test('an id under which a broker takes nothing more is replaced, and what is written is not sent again', async () => {
  const spent = {
    code: ({ partition }: { partition: string }) => (partition === 'touched/0' ? OUT_OF_ORDER : 0),
  };
  const { producer, requests } = setUp(1, [{}, spent]);
  await producer.flush([...records(['1']), ...records(['2'], { topic: 'touched' })]);
  await producer.flush([...records(['3']), ...records(['4'], { topic: 'touched' })]);
  await producer.flush([...records(['5']), ...records(['6'], { topic: 'touched' })]);
  expect(requests.slice(2)).toEqual([
    [{ partition: 'touched/0', producerId: 2, sequence: 0, values: ['4'] }],
    [
      { partition: 'eu.hits/0', producerId: 2, sequence: 0, values: ['5'] },
      { partition: 'touched/0', producerId: 2, sequence: 1, values: ['6'] },
    ],
  ]);
});

test('what can never be written fails at once, and the next flush begins under another id', async () => {
  const { producer, requests } = setUp(1, [{}, { code: () => TOO_LARGE }]);
  await producer.flush(records(['1']));
  await expect(producer.flush(records(['2']))).rejects.toMatchObject({ type: 'MESSAGE_TOO_LARGE' });
  await producer.flush(records(['3']));
  expect(requests).toHaveLength(3);
  expect(requests[2]).toEqual([{ partition: 'eu.hits/0', producerId: 2, sequence: 0, values: ['3'] }]);
});

test('what stays away is given up when its time is over, and not sent any more', async () => {
  const { producer, requests } = setUp(
    1,
    Array.from({ length: 100 }, () => ({ code: () => NOT_LEADER })),
    400,
  );
  await expect(producer.flush(records(['1']))).rejects.toMatchObject({ type: 'NOT_LEADER_FOR_PARTITION' });
  const sent = requests.length;
  expect(sent).toBeGreaterThan(2);
  await sleep(1_000);
  expect(requests).toHaveLength(sent);
});

test('a flush that was given up is not sent any more, and never said to be written', async () => {
  const { producer, requests, cluster } = setUp(1, [], 50);
  const find = cluster.findBroker;
  // The process has no time for anything, its own timers included, until the flush is late.
  cluster.findBroker = async (partition) => {
    for (const until = performance.now() + 100; performance.now() < until; );
    return find(partition);
  };
  await expect(producer.flush(records(['1']))).rejects.toThrow();
  await sleep(50);
  expect(requests).toEqual([]);
});

test('keys stay in their partition, and keep their order', async () => {
  const { producer, taken } = setUp(5);
  const all = Array.from({ length: 300 }, (_, n) => ({ key: `k:${n % 17}`, n }));
  for (let from = 0; from < 300; from += 60)
    await producer.flush(
      all.slice(from, from + 60).flatMap(({ key, n }) => records([JSON.stringify({ key, n })], { key })),
    );
  const seen = taken.flatMap(({ partition, values }) =>
    values.map((value) => ({ partition, ...(JSON.parse(value ?? '') as { key: string; n: number }) })),
  );
  for (const [key, own] of Map.groupBy(seen, (one) => one.key)) {
    expect(new Set(own.map(({ partition }) => partition)).size).toBe(1);
    expect(own.map(({ n }) => n)).toEqual(all.filter((one) => one.key === key).map(({ n }) => n));
  }
  expect(new Set(seen.map(({ partition }) => partition)).size).toBe(5);
});
