import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ConsumeOptions,
  type Consumer,
  type EventLog,
  type LogBatch,
  type LogRecord,
  type StreamPartition,
  TOPICS,
} from './event-log.ts';
import { openEventLog } from './open.ts';

/** What an adapter gives the suite: a fresh, prepared log. */
export type LogUnderTest = {
  /** What {@link openEventLog} takes; several instances and processes open it at once. */
  url: string;
  /** How long a partition stays with a consumer that is heard no more, milliseconds. */
  leaseMs: number;
  /** Takes the engine away from everybody; the function it answers brings it back. Only with `ownEngine`. */
  outage?: () => Promise<() => Promise<void>>;
  /**
   * Leaves the engine as it were if its clock had been a day ahead until now. Absent: it notes no time of day of members (a broker of Kafka
   * counts their sessions by its monotonic clock).
   */
  setBackADay?: () => Promise<void>;
  drop: () => Promise<void>;
};

/** `ownEngine`: on an engine that no other test uses, since it will be taken away. */
export type MakeLog = (options: { ownEngine: boolean }) => Promise<LogUnderTest>;

const DAY = '2026-01-07';
/** Times of receipt count from here: not long ago, since engines forget what is older than they keep. */
const EPOCH = Date.now() - 3_600_000;

const record = (key: string, n: number, more: Partial<LogRecord> = {}): LogRecord => ({
  topic: 'events',
  key,
  value: JSON.stringify({ key, n }),
  receivedAt: EPOCH + n,
  tally: { siteId: key.split(':')[0] ?? '', day: DAY },
  ...more,
});

const range = (count: number) => Array.from({ length: count }, (_, n) => n);
const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

async function until(condition: () => boolean | Promise<boolean>, timeout = 30_000): Promise<void> {
  for (const deadline = Date.now() + timeout; !(await condition()); await sleep(20)) {
    if (Date.now() > deadline) throw new Error('waited in vain');
  }
}

/** A handler that notes what it sees, in order. */
function notes() {
  const batches: LogBatch[] = [];
  const values = () =>
    batches.flatMap(({ records }) =>
      records.map(({ value }) => JSON.parse(value) as { key: string; n: number }),
    );
  return {
    batches,
    values,
    count: () => values().length,
    /** Numbers of each key in the order seen. */
    byKey: () =>
      new Map(
        [...Map.groupBy(values(), ({ key }) => key)].map(([key, list]) => [key, list.map(({ n }) => n)]),
      ),
    onBatch: async (batch: LogBatch) => void batches.push(batch),
  };
}

const partitionName = ({ stream, partition }: StreamPartition) => `${stream}/${partition}`;

/** Offsets of each partition in the order seen, each once. */
function listOffsets(batches: readonly LogBatch[]): number[][] {
  const partitions = Map.groupBy(batches, partitionName);
  return [...partitions.values()].map((list) => [
    ...new Set(list.flatMap(({ records }) => records.map(({ offset }) => offset))),
  ]);
}

const received = new WeakMap<ChildProcess, Set<string>>();

/** Waits until a consumer in a process of its own has said something, now or before. */
async function messageFrom(child: ChildProcess, wanted: string): Promise<void> {
  const known = received.get(child) ?? new Set<string>();
  if (!received.has(child)) child.on('message', (message) => known.add(String(message)));
  received.set(child, known);
  await until(() => known.has(wanted));
}
/** The behaviour that every adapter of the EventLog port must show on its real engine. */
export function eventLogContract(name: string, make: MakeLog): void {
  describe(`${name}: an event log`, () => {
    let under: LogUnderTest;
    let log: EventLog;
    const opened: EventLog[] = [];
    const consumers: Consumer[] = [];
    const children: ChildProcess[] = [];

    const elsewhere = async () => {
      const child = fork(new URL('./slow-consumer.fixture.ts', import.meta.url), [under.url]);
      children.push(child);
      await messageFrom(child, 'handling');
      return child;
    };
    const open = (url = under.url) => {
      const instance = openEventLog(url, { name: 'test' });
      opened.push(instance);
      return instance;
    };
    const consume = async (
      from: EventLog,
      options: Partial<ConsumeOptions> & Pick<ConsumeOptions, 'onBatch'>,
    ) => {
      const consumer = await from.consume({
        group: 'g',
        topics: ['events'],
        maxRecords: 100,
        onError: () => undefined,
        ...options,
      });
      consumers.push(consumer);
      return consumer;
    };
    const uncommitted = async () =>
      sum((await log.lag('g', ['events'])).map(({ end, committed }) => end - committed));

    beforeEach(async () => {
      under = await make({ ownEngine: false });
      log = open();
    });
    afterEach(async () => {
      for (const child of children.splice(0)) child.kill('SIGKILL');
      await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
      await Promise.all(opened.splice(0).map((instance) => instance.close()));
      await under.drop();
    });

    test('what is appended is there for another instance, with its time of receipt', async () => {
      await log.append([record('a:1', 1)]);
      const lag = await open().lag('g', ['events']);
      expect(sum(lag.map(({ end, committed }) => end - committed))).toBe(1);
      expect(lag.map(({ oldestReceivedAt }) => oldestReceivedAt).filter((at) => at !== null)).toEqual([
        EPOCH + 1,
      ]);
    });

    test('appending nothing is done at once and leaves no trace', async () => {
      await log.append([]);
      expect(await uncommitted()).toBe(0);
    });

    test('two instances that append at once lose nothing, repeat nothing and keep the order of each key', async () => {
      const other = open();
      const seen = notes();
      await consume(log, seen);
      await Promise.all(
        range(40).map(async (writer) => {
          for (const n of range(75))
            await (writer % 2 === 0 ? log : other).append([record(`s:${writer}`, n)]);
        }),
      );
      await until(async () => (await uncommitted()) === 0);
      expect(seen.count()).toBe(3_000);
      for (const numbers of seen.byKey().values()) expect(numbers).toEqual(range(75));
      // A reader that has passed an offset never comes back for it: a gap filled later would be a loss.
      for (const offsets of listOffsets(seen.batches)) expect(offsets).toEqual(range(offsets.length));
    });

    test('what appends while others read is seen in whole, each key in one partition', async () => {
      const seen = notes();
      await consume(log, { ...seen, maxRecords: 7 });
      const keys = range(30).map((n) => `s:${n}`);
      await log.append(range(900).map((n) => record(keys[n % 30] ?? '', n)));
      await until(() => seen.count() === 900);
      for (const key of keys) {
        const partitions = seen.batches.filter(({ records }) =>
          records.some(({ value }) => value.includes(`"${key}"`)),
        );
        expect(new Set(partitions.map(partitionName)).size).toBe(1);
      }
      const streamPartitions = seen.batches.flatMap((batch) =>
        batch.records.map(({ offset, index }) => `${partitionName(batch)}/${offset}/${index}`),
      );
      expect(new Set(streamPartitions).size).toBe(900);
    });

    test('every category of event comes under its topic, in order of its key and from one place each', async () => {
      const categories = ['hits', 'custom', 'commerce'] as const;
      const seen = notes();
      await consume(log, { ...seen, topics: TOPICS });
      for (const n of range(30)) {
        const category = categories[n % 3] ?? 'hits';
        await log.append([
          record(`${category}:1`, n, { category }),
          record('rejected:1', n, { topic: 'rejected' }),
          record('touched:1', n, { topic: 'touched' }),
        ]);
      }
      await until(() => seen.count() === 90);
      const streamPartitions = seen.batches.flatMap((batch) =>
        batch.records.map(({ offset, index }) => `${partitionName(batch)}/${offset}/${index}`),
      );
      expect(new Set(streamPartitions).size).toBe(90);
      for (const { topic, stream, records } of seen.batches) {
        for (const { value } of records)
          expect(value).toContain(topic === 'events' ? '"key":"' : `"key":"${topic}:1"`);
        const lags = await log.lag('g', [topic]);
        expect(lags.map((lag) => lag.stream)).toContain(stream);
        expect(lags.every((lag) => lag.topic === topic)).toBe(true);
      }
      for (const [key, numbers] of seen.byKey()) {
        const first = categories.findIndex((category) => key === `${category}:1`);
        expect(numbers).toEqual(first < 0 ? range(30) : range(10).map((n) => first + 3 * n));
      }
      expect(await log.tally('events', [], 'hits')).toEqual(new Map([[DAY, 10]]));
      expect(await log.tally('events', [], 'commerce')).toEqual(new Map([[DAY, 10]]));
      expect(await log.tally('rejected', [], 'rejected')).toEqual(new Map([[DAY, 30]]));
    });

    test('hands over many small batches as one, up to maxRecords', async () => {
      for (const n of range(25)) await log.append([record('a:1', n)]);
      const seen = notes();
      await consume(log, { ...seen, maxRecords: 10 });
      await until(() => seen.count() === 25);
      expect(seen.batches.map(({ records }) => records.length)).toEqual([10, 10, 5]);
    });

    test('a batch that fails comes again, and does not hold up other partitions', async () => {
      const seen = notes();
      const errors: unknown[] = [];
      let othersDone = false;
      await consume(log, {
        onError: (error) => errors.push(error),
        onBatch: async (batch) => {
          const bad = batch.records.some(({ value }) => value.includes('"bad:0"'));
          if (bad && (errors.length < 2 || !othersDone)) throw new Error('not yet');
          await seen.onBatch(batch);
        },
      });
      await log.append([record('bad:0', 0), ...range(20).map((n) => record(`good:${n}`, 0))]);
      const good = () => [...seen.byKey().keys()].filter((key) => key.startsWith('good'));
      const besideBad = await partitionMates('bad:0', range(20));
      await until(() => good().length === 20 - besideBad.length);
      othersDone = true;
      await until(() => seen.count() === 21);
      expect(errors.length).toBeGreaterThanOrEqual(2);
      expect(seen.byKey().get('bad:0')).toEqual([0]);
    });

    /** Which of the keys `good:n` share the partition of a key: found by looking, since each engine hashes its own way. */
    async function partitionMates(key: string, numbers: readonly number[]): Promise<string[]> {
      const seen = notes();
      const topic = 'touched';
      await log.append([key, ...numbers.map((n) => `good:${n}`)].map((one) => record(one, 0, { topic })));
      const consumer = await consume(log, { ...seen, group: 'mates', topics: [topic] });
      await until(() => seen.count() === numbers.length + 1);
      await consumer.stop();
      const readKeys = ({ records }: LogBatch) =>
        records.map(({ value }) => (JSON.parse(value) as { key: string }).key);
      const own = seen.batches.map(readKeys).filter((keys) => keys.includes(key));
      return own.flat().filter((one) => one !== key);
    }

    test('what was committed does not come again after a restart', async () => {
      const first = notes();
      const consumer = await consume(log, first);
      await log.append(range(50).map((n) => record(`s:${n}`, n)));
      await until(() => first.count() === 50);
      await consumer.stop();
      const second = notes();
      await log.append([record('s:x', 7)]);
      await consume(open(), second);
      await until(() => second.count() > 0);
      expect([...second.byKey().keys()]).toEqual(['s:x']);
    });

    test('two consumers of a group share the partitions of every topic; when one stops, the other takes them', async () => {
      const [one, two] = [notes(), notes()];
      const topics = ['events', 'rejected'] as const;
      const first = await consume(log, { ...one, topics });
      const all = first.partitions().map(partitionName).sort();
      expect(new Set(first.partitions().map(({ topic }) => topic))).toEqual(new Set(topics));
      const streams = new Set(first.partitions().map(({ stream }) => stream));
      const second = await consume(open(), { ...two, topics });
      const held = (consumer: Consumer, stream: string) =>
        consumer.partitions().filter((partition) => partition.stream === stream).length;
      await until(() =>
        [...streams].every(
          (stream) => held(first, stream) > 0 && held(first, stream) === held(second, stream),
        ),
      );
      expect([...first.partitions(), ...second.partitions()].map(partitionName).sort()).toEqual(all);
      await second.stop();
      expect(second.partitions()).toEqual([]);
      await until(() => first.partitions().length === all.length);
      expect(first.partitions().map(partitionName).sort()).toEqual(all);
      await log.append(range(100).map((n) => record(`s:${n}`, n)));
      await until(() => one.count() + two.count() === 100);
      expect(two.count()).toBe(0);
    });

    test('stopping waits for the batch in hand, however long it takes, and commits it', async () => {
      const [one, two] = [notes(), notes()];
      const inHand = Promise.withResolvers<void>();
      const first = await consume(log, {
        onBatch: async (batch) => {
          inHand.resolve();
          await sleep(under.leaseMs + 2_000);
          await one.onBatch(batch);
        },
      });
      await log.append([record('a:1', 1)]);
      await inHand.promise;
      await consume(open(), two);
      await first.stop();
      expect(one.count()).toBe(1);
      await log.append([record('a:1', 2)]);
      await until(() => two.count() > 0);
      expect(two.byKey().get('a:1')).toEqual([2]);
    });

    test('the partitions of a killed consumer move on, and what it had not committed comes again', async () => {
      await log.append(range(100).map((n) => record(`s:${n}`, n)));
      const child = await elsewhere();
      const seen = notes();
      await consume(log, seen);
      child.kill('SIGKILL');
      await until(() => seen.byKey().size === 100);
    });

    test('what a consumer holds that was killed while the clock was a day ahead moves on as if the clock had been right', async () => {
      await log.append(
        range(100).map((n) => record(`s:${n}`, n, { receivedAt: Date.now() + 24 * 3_600_000 })),
      );
      const child = await elsewhere();
      child.kill('SIGKILL');
      await under.setBackADay?.();
      const seen = notes();
      await consume(log, seen);
      await until(() => seen.byKey().size === 100);
      // With the clock that is right now, as with the one before: half of them would be left to the member that is gone.
      await log.append(range(100).map((n) => record(`t:${n}`, n)));
      await until(async () => (await uncommitted()) === 0);
      expect(seen.byKey().size).toBe(200);
    });

    test('a consumer that lives keeps its partitions when the clock is set back, and a second one gets its share', async () => {
      const seen = notes();
      const consumer = await consume(log, seen);
      const held = consumer.partitions().length;
      await under.setBackADay?.();
      const other = await consume(log, notes());
      await until(() => other.partitions().length > 0);
      await until(() => consumer.partitions().length + other.partitions().length === held);
      expect(Math.abs(consumer.partitions().length - other.partitions().length)).toBeLessThanOrEqual(1);
    });

    test('a consumer that was away too long is told so, and cannot take back what its successor has committed', async () => {
      await log.append([record('a:1', 1)]);
      const child = await elsewhere();
      child.kill('SIGSTOP');
      const seen = notes();
      await consume(log, seen);
      await until(() => seen.count() === 1);
      await log.append([record('a:1', 2)]);
      await until(async () => (await uncommitted()) === 0);
      child.send('finish');
      child.kill('SIGCONT');
      await messageFrom(child, 'not owned any more');
      await messageFrom(child, 'refused');
      expect(await uncommitted()).toBe(0);
      expect(seen.byKey().get('a:1')).toEqual([1, 2]);
    });

    test('a batch whose handler was told that it is not owned comes again, even if nobody else has taken it', async () => {
      await log.append([record('a:1', 1)]);
      const child = await elsewhere();
      child.kill('SIGSTOP');
      // It must doubt by now, though its lease has hardly ended.
      await sleep(under.leaseMs - 500);
      child.send('finish');
      child.kill('SIGCONT');
      await messageFrom(child, 'not owned any more');
      await messageFrom(child, 'refused');
      expect(await uncommitted()).toBe(1);
    });

    test('groups are independent of each other', async () => {
      const [one, two] = [notes(), notes()];
      await log.append([record('s:1', 1)]);
      await consume(log, { ...one, group: 'one' });
      await consume(log, { ...two, group: 'two' });
      await until(() => one.count() === 1 && two.count() === 1);
    });

    test('tallies the records of a site behind given positions, by day', async () => {
      await log.append([record('a:1', 1), record('a:1', 2), record('b:1', 3), record('a:2', 0)]);
      await log.append([record('a:1', 4, { tally: { siteId: 'a', day: '2026-01-08' } })]);
      const { tally: _none, ...uncounted } = record('a:1', 5);
      await log.append([uncounted]);
      const whole = new Map([
        [DAY, 3],
        ['2026-01-08', 1],
      ]);
      expect(await log.tally('events', [], 'a')).toEqual(whole);
      expect(await log.tally('events', [], 'c')).toEqual(new Map());
      const all = await log.tally('events', [], null);
      expect(all).toEqual(new Map([...whole, [DAY, 4]]));
      expect(await log.tally('rejected', [], 'a')).toEqual(new Map());
      const [elsewhere] = await log.lag('g', ['rejected']);
      const beside = { stream: elsewhere?.stream ?? '', partition: 0, offset: 9 };
      expect(await log.tally('events', [beside], 'a')).toEqual(whole);

      const seen = notes();
      await consume(log, { ...seen, maxRecords: 1 });
      await until(() => seen.count() === 6);
      const positions = seen.batches.flatMap(({ stream, partition, records }) =>
        records.map(({ offset }) => ({ stream, partition, offset })),
      );
      expect(await log.tally('events', positions, 'a')).toEqual(new Map());
      const later = seen.batches.find(({ records }) => records.some(({ value }) => value.includes('"n":4')));
      const before = { stream: later?.stream ?? '', partition: later?.partition ?? 0 };
      const offset = (later?.records.at(0)?.offset ?? 0) - 1;
      const after = await log.tally('events', [{ ...before, offset }], 'a');
      expect(after.get('2026-01-08')).toBe(1);
    });

    test('the lag of a group shrinks to nothing as it commits', async () => {
      await log.append([record('a:1', 5), record('a:1', 2)]);
      const gate = Promise.withResolvers<void>();
      await consume(log, { onBatch: () => gate.promise });
      await sleep(300);
      const [oldest] = (await log.lag('g', ['events'])).flatMap(({ oldestReceivedAt }) =>
        oldestReceivedAt === null ? [] : [oldestReceivedAt],
      );
      expect(oldest).toBe(EPOCH + 2);
      gate.resolve();
      await until(async () => (await uncommitted()) === 0);
      const after = await log.lag('g', ['events']);
      expect(after.every(({ oldestReceivedAt }) => oldestReceivedAt === null)).toBe(true);
    });

    test('trimming keeps what a group has not committed, and what is younger than asked for', async () => {
      const seen = notes();
      const consumer = await consume(log, seen);
      await log.append([record('a:1', 1)]);
      await log.append([record('a:1', 500)]);
      await until(async () => (await uncommitted()) === 0);
      await consumer.stop();
      await log.append([record('a:1', 2)]);
      await log.trim(EPOCH + 100);
      expect(await log.tally('events', [], 'a')).toEqual(new Map([[DAY, 2]]));
      await log.trim(Number.MAX_SAFE_INTEGER);
      expect(await log.tally('events', [], 'a')).toEqual(new Map([[DAY, 1]]));
      await consume(open(), seen);
      await until(() => seen.count() === 3);
    });

    test('a group that begins where all was trimmed is behind nothing, and gets what comes then', async () => {
      const consumer = await consume(log, notes());
      await log.append([record('a:1', 1)]);
      await until(async () => (await uncommitted()) === 0);
      await consumer.stop();
      await log.trim(Number.MAX_SAFE_INTEGER);
      const seen = notes();
      await consume(log, { ...seen, group: 'late' });
      await until(async () =>
        (await log.lag('late', ['events'])).every(({ end, committed }) => committed >= end),
      );
      await log.append([record('a:1', 2)]);
      await until(() => seen.count() === 1);
    });

    test('large and odd values come back as they went', async () => {
      const values = [
        JSON.stringify({ text: 'ä"\\\u2028\u0000\ud800😀 '.repeat(5_000) }),
        JSON.stringify({ empty: '' }),
        'null',
      ];
      const seen: string[] = [];
      await log.append(values.map((value, n) => record('s:1', n, { value })));
      await consume(log, {
        onBatch: async ({ records }) => void seen.push(...records.map(({ value }) => value)),
      });
      await until(() => seen.length === values.length);
      expect(seen).toEqual(values);
    });

    test('a record that would spoil its batch is refused alone, for good', async () => {
      const bad = log.append([record('a:1', 1, { value: '{\n}' })]);
      const good = log.append([record('a:1', 2)]);
      await expect(bad).rejects.toMatchObject({ code: 'invalid_record', retriable: false });
      await good;
      expect(await log.tally('events', [], 'a')).toEqual(new Map([[DAY, 1]]));
    });

    test('closing waits for what is being appended, and stops the consumers', async () => {
      const instance = open();
      const stopped = await instance.consume({
        group: 'h',
        topics: ['events'],
        maxRecords: 9,
        onError: () => undefined,
        onBatch: notes().onBatch,
      });
      const appended = Promise.all(range(50).map((n) => instance.append([record(`a:${n}`, n)])));
      await instance.close();
      opened.splice(opened.indexOf(instance), 1);
      await appended;
      expect(stopped.partitions()).toEqual([]);
      expect(await log.tally('events', [], 'a')).toEqual(new Map([[DAY, 50]]));
    });

    test('without its engine it refuses as retriable, reports, and goes on by itself when the engine is back', {
      // An engine of its own may have to be started, twice.
      timeout: 240_000,
    }, async () => {
      const own = await make({ ownEngine: true });
      await under.drop();
      under = own;
      log = open();
      const seen = notes();
      const errors: unknown[] = [];
      await consume(log, { ...seen, onError: (error) => errors.push(error) });
      await log.append([record('a:1', 0)]);
      await until(() => seen.count() === 1);
      if (own.outage === undefined) throw new Error('an engine of its own can be taken away');
      const recover = await own.outage();
      await expect(log.append([record('a:1', 1)])).rejects.toMatchObject({ retriable: true, status: 503 });
      await expect(log.ping()).rejects.toThrow();
      await until(() => errors.length > 0);
      // Nothing is believed in any more.
      await sleep(own.leaseMs + 1_000);
      await recover();
      await log.ping();
      await log.append([record('a:1', 2), record('b:1', 3)]);
      await until(() => seen.byKey().has('b:1'));
      await until(async () => (await uncommitted()) === 0);
      const numbers = seen.byKey().get('a:1') ?? [];
      expect(numbers.at(0)).toBe(0);
      expect(numbers.at(-1)).toBe(2);
    });
  });
}
