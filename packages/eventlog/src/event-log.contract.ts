import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConsumeOptions, Consumer, EventLog, LogBatch, LogRecord } from './event-log.ts';

/** What an adapter gives the suite: a fresh, prepared log that several instances can open at once. */
export type LogUnderTest = { open: () => EventLog; drop: () => Promise<void> };

const record = (key: string, n: number, more: Partial<LogRecord> = {}): LogRecord => ({
  topic: 'events',
  key,
  value: JSON.stringify({ key, n }),
  receivedAt: 1_000 + n,
  tally: { siteId: key.split(':')[0] ?? '', day: '2026-01-07' },
  ...more,
});

async function until(condition: () => boolean | Promise<boolean>, timeout = 20_000): Promise<void> {
  for (const deadline = Date.now() + timeout; !(await condition()); await sleep(20)) {
    if (Date.now() > deadline) throw new Error('waited in vain');
  }
}

/** The behaviour that every adapter of the EventLog port must show on its real engine. */
export function eventLogContract(name: string, make: () => Promise<LogUnderTest>): void {
  describe(`${name}: an event log`, () => {
    let under: LogUnderTest;
    let log: EventLog;
    const opened: EventLog[] = [];
    const consumers: Consumer[] = [];

    const open = () => {
      const instance = under.open();
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
    /** Consumes into a list of values per key, in the order of arrival. */
    const collector = () => {
      const seen = new Map<string, number[]>();
      const onBatch = async (batch: LogBatch) => {
        for (const { value } of batch.records) {
          const { key, n } = JSON.parse(value) as { key: string; n: number };
          seen.set(key, [...(seen.get(key) ?? []), n]);
        }
      };
      return { seen, onBatch, count: () => [...seen.values()].flat().length };
    };

    beforeEach(async () => {
      under = await make();
      log = open();
    });
    afterEach(async () => {
      await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
      await Promise.all(opened.splice(0).map((instance) => instance.close()));
      await under.drop();
    });

    test('what is appended is there for another instance, with its time of receipt', async () => {
      await log.append([record('a:1', 1)]);
      const lag = await open().lag('g', ['events']);
      expect(lag.reduce((sum, { end, committed }) => sum + end - committed, 0)).toBe(1);
      expect(lag.map(({ oldestReceivedAt }) => oldestReceivedAt).filter((at) => at !== null)).toEqual([
        1_001,
      ]);
    });

    test('two instances that append at once lose nothing, repeat nothing and keep the order of each key', async () => {
      const other = open();
      const { seen, onBatch, count } = collector();
      await consume(log, { onBatch });
      await Promise.all(
        Array.from({ length: 40 }, async (_, writer) => {
          for (let n = 0; n < 25; n += 1)
            await (writer % 2 === 0 ? log : other).append([record(`s:${writer}`, n)]);
        }),
      );
      await until(() => count() >= 1_000);
      expect(count()).toBe(1_000);
      for (const numbers of seen.values()) expect(numbers).toEqual(Array.from({ length: 25 }, (_, n) => n));
    });

    test('a batch that fails comes again, and does not hold up other partitions', async () => {
      const { seen, onBatch, count } = collector();
      let failures = 0;
      const errors: unknown[] = [];
      await consume(log, {
        onError: (error) => errors.push(error),
        onBatch: async (batch) => {
          if (batch.records.some(({ value }) => value.includes('"bad:0"')) && failures < 2) {
            failures += 1;
            throw new Error('not yet');
          }
          await onBatch(batch);
        },
      });
      await log.append([record('bad:0', 0), ...Array.from({ length: 20 }, (_, n) => record(`good:${n}`, 0))]);
      await until(() => count() >= 21);
      expect(errors).toHaveLength(2);
      expect(seen.get('bad:0')).toEqual([0]);
    });

    test('what was committed does not come again after a restart', async () => {
      const first = collector();
      const consumer = await consume(log, { onBatch: first.onBatch });
      await log.append(Array.from({ length: 50 }, (_, n) => record(`s:${n}`, n)));
      await until(() => first.count() === 50);
      await consumer.stop();
      const second = collector();
      await log.append([record('s:x', 7)]);
      await consume(open(), { onBatch: second.onBatch });
      await until(() => second.count() > 0);
      expect([...second.seen.keys()]).toEqual(['s:x']);
    });

    test('two consumers of a group share the partitions; when one stops, the other takes them at once', async () => {
      const [one, two] = [collector(), collector()];
      const first = await consume(log, { onBatch: one.onBatch });
      const second = await consume(open(), { onBatch: two.onBatch });
      await until(
        () => first.partitions().length > 0 && first.partitions().length === second.partitions().length,
      );
      const all = first.partitions().length + second.partitions().length;
      await second.stop();
      await until(() => first.partitions().length === all);
      await log.append(Array.from({ length: 100 }, (_, n) => record(`s:${n}`, n)));
      await until(() => one.count() + two.count() === 100);
      expect(two.count()).toBe(0);
    });

    test('groups are independent of each other', async () => {
      const [one, two] = [collector(), collector()];
      await log.append([record('s:1', 1)]);
      await consume(log, { group: 'one', onBatch: one.onBatch });
      await consume(log, { group: 'two', onBatch: two.onBatch });
      await until(() => one.count() === 1 && two.count() === 1);
    });

    test('tallies the records of a site behind given positions, by day', async () => {
      await log.append([record('a:1', 1), record('a:1', 2), record('b:1', 3)]);
      await log.append([record('a:1', 4, { tally: { siteId: 'a', day: '2026-01-08' } })]);
      expect(await log.tally('events', [], 'a')).toEqual(
        new Map([
          ['2026-01-07', 2],
          ['2026-01-08', 1],
        ]),
      );
      const batches: LogBatch[] = [];
      await consume(log, { maxRecords: 1, onBatch: async (batch) => void batches.push(batch) });
      await until(() => batches.flatMap(({ records }) => records).length === 4);
      const ofA = batches.filter(({ records }) => records.some(({ value }) => value.includes('"a:1"')));
      const offsets = ofA.flatMap(({ records }) => records.map(({ offset }) => offset));
      const partition = ofA[0]?.partition ?? 0;
      const after = (offset: number) => log.tally('events', [{ topic: 'events', partition, offset }], 'a');
      expect(await after(Math.min(...offsets))).toEqual(new Map([['2026-01-08', 1]]));
      expect(await after(Math.max(...offsets))).toEqual(new Map());
      expect(await log.tally('rejected', [], 'a')).toEqual(new Map());
    });

    test('the lag of a group shrinks to nothing as it commits', async () => {
      await log.append([record('a:1', 1), record('b:2', 2)]);
      const { onBatch, count } = collector();
      await consume(log, { onBatch });
      await until(() => count() === 2);
      await until(async () =>
        (await log.lag('g', ['events'])).every(
          ({ oldestReceivedAt, committed, end }) => oldestReceivedAt === null && committed === end,
        ),
      );
    });

    test('trimming keeps what a group has not committed', async () => {
      await log.append([record('a:1', 1)]);
      const { onBatch, count } = collector();
      const consumer = await consume(log, { onBatch });
      await until(() => count() === 1);
      await consumer.stop();
      await log.append([record('a:1', 2)]);
      await log.trim(Number.MAX_SAFE_INTEGER);
      expect(await log.tally('events', [], 'a')).toEqual(new Map([['2026-01-07', 1]]));
    });

    test('large and odd values come back as they went', async () => {
      const values = [JSON.stringify({ text: 'ä"\\\u2028😀 '.repeat(5_000) }), JSON.stringify({ empty: '' })];
      const seen: string[] = [];
      await log.append(values.map((value, n) => record('s:1', n, { value })));
      await consume(log, {
        onBatch: async ({ records }) => void seen.push(...records.map(({ value }) => value)),
      });
      await until(() => seen.length === 2);
      expect(seen).toEqual(values);
    });
  });
}
