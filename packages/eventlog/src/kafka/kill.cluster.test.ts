import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEngine } from '@footfall/engines/engine';
import { freePortPair } from '@footfall/engines/port';
import { expect, test } from 'vitest';
import { openEventLog, prepareEventLog } from '../open.ts';

test('an append that was answered survives a killed broker, and is handed out once', {
  timeout: 300_000,
}, async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'footfall-killed-kafka-'));
  const options = { name: 'kafka', port: await freePortPair(), dir } as const;
  const before = await startEngine(options);
  const url = `${before.url}?partitions=3`;
  await prepareEventLog(url);
  const log = openEventLog(url, { name: 'test' });
  const [answered, refused] = [new Set<string>(), new Set<string>()];
  const append = (value: string) =>
    log.append([{ topic: 'events', key: value, value: JSON.stringify(value), receivedAt: Date.now() }]).then(
      () => answered.add(value),
      () => refused.add(value),
    );
  const writers = Array.from({ length: 20 }, async () => {
    while (refused.size === 0) await append(randomUUID());
  });
  await expect.poll(() => answered.size, { timeout: 30_000 }).toBeGreaterThan(500);
  await before.kill();
  await Promise.all(writers);
  expect(refused.size).toBeGreaterThan(0);

  const after = await startEngine(options);
  await append('last');
  expect(answered).toContain('last');
  const seen: string[] = [];
  const consumer = await log.consume({
    group: 'g',
    topics: ['events'],
    maxRecords: 100,
    onError: (error) => expect(error).toBeUndefined(),
    onBatch: async ({ records }) =>
      void seen.push(...records.map(({ value }) => JSON.parse(value) as string)),
  });
  const waiting = async () =>
    (await log.lag('g', ['events'])).filter(({ committed, end }) => committed < end).length;
  await expect.poll(waiting, { timeout: 30_000 }).toBe(0);
  await consumer.stop();
  const known = new Set(seen);
  expect([...answered].filter((value) => !known.has(value))).toEqual([]);
  // What was refused may be there, but nothing twice: the log itself does not repeat.
  expect(seen).toHaveLength(known.size);
  await log.close();
  await after.stop();
  await rm(dir, { recursive: true, force: true });
});
