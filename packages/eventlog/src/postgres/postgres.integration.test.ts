import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@footfall/postgres/embedded';
import { freePort } from '@footfall/postgres/free-port';
import { freshDatabase } from '@footfall/testkit/database';
import pg from 'pg';
import { expect, test } from 'vitest';
import { eventLogContract, type LogUnderTest } from '../event-log.contract.ts';
import { openEventLog, prepareEventLog } from '../open.ts';
import { LEASE_MS } from './leases.ts';

/** Asks the server something from beside the database under test. */
async function administer(url: string, sql: string): Promise<void> {
  const beside = new URL(url);
  beside.pathname = '/postgres';
  const client = new pg.Client({ connectionString: beside.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function makeLog(): Promise<LogUnderTest> {
  const { url, drop } = await freshDatabase();
  await prepareEventLog(url);
  const database = new URL(url).pathname.slice(1);
  const outage = async () => {
    await administer(url, `ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
    await administer(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`,
    );
    return () => administer(url, `ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
  };
  const setBackADay = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`UPDATE eventlog.lease SET expires_at = expires_at + interval '1 day'`);
    await client.query(`UPDATE eventlog.member SET seen_at = seen_at + interval '1 day'`);
    await client.end();
  };
  return { url, leaseMs: LEASE_MS, outage, setBackADay, drop };
}

eventLogContract('postgres', makeLog);

test('an append that was answered survives a killed server, and no partition has a gap', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-killed-postgres-'));
  const options = { dataDir, password: 'test', port: await freePort() };
  const before = await startEmbeddedPostgres(options);
  await prepareEventLog(before.url);
  const log = openEventLog(before.url, { name: 'test' });
  const [answered, refused] = [new Set<string>(), new Set<string>()];
  const append = (value: string) =>
    log.append([{ topic: 'events', key: value, value, receivedAt: 0 }]).then(
      () => answered.add(value),
      () => refused.add(value),
    );
  const writers = Array.from({ length: 20 }, async (_, writer) => {
    for (let n = 0; refused.size === 0; n += 1) await append(`${writer * 1_000_000 + n}`);
  });
  await expect.poll(() => answered.size).toBeGreaterThan(500);
  process.kill(before.pid, 'SIGKILL');
  await Promise.all(writers);

  const after = await startEmbeddedPostgres(options);
  await append('-1');
  const offsets = new Map<number, Set<number>>();
  const seen = new Set<string>();
  const consumer = await log.consume({
    group: 'g',
    topics: ['events'],
    maxRecords: 100,
    onError: (error) => expect(error).toBeUndefined(),
    onBatch: async ({ partition, records }) => {
      const known = offsets.get(partition) ?? new Set();
      for (const { offset, value } of records) {
        known.add(offset);
        seen.add(value);
      }
      offsets.set(partition, known);
    },
  });
  await expect
    .poll(async () => (await log.lag('g', ['events'])).every(({ committed, end }) => committed === end), {
      timeout: 20_000,
    })
    .toBe(true);
  await consumer.stop();
  expect([...answered].filter((value) => !seen.has(value))).toEqual([]);
  for (const known of offsets.values()) expect([...known]).toEqual([...known.keys()].map((_, n) => n));
  await log.close();
  await after.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test('an append that cannot be written is refused as retriable', async () => {
  const log = openEventLog('postgres://nobody@127.0.0.1:1/none', { name: 'test' });
  const append = log.append([{ topic: 'events', key: 'a', value: '1', receivedAt: 0 }]);
  await expect(append).rejects.toMatchObject({ code: 'log_unavailable', retriable: true, status: 503 });
  await log.close();
});

test('more than may wait in memory is refused as retriable', async () => {
  const log = openEventLog('postgres://nobody@127.0.0.1:1/none', { name: 'test' });
  const value = `"${'x'.repeat(20 * 1024 * 1024)}"`;
  const appends = Array.from({ length: 5 }, () =>
    log.append([{ topic: 'events', key: 'a', value, receivedAt: 0 }]),
  );
  const outcomes = await Promise.allSettled(appends);
  const codes = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code);
  expect(codes.filter((code) => code === 'log_overloaded')).toHaveLength(2);
  await log.close();
});

test('an unknown scheme is refused by name', () => {
  expect(() => openEventLog('amqp://host', { name: 'test' })).toThrow(/amqp.*postgres/);
});

test('however small records are stored, a batch has no more than fits into memory, and none is left out', async () => {
  const { url, drop } = await freshDatabase();
  await prepareEventLog(url);
  const log = openEventLog(url, { name: 'test' });
  // A megabyte each, and a kilobyte once they are compressed.
  const values = Array.from({ length: 24 }, (_, n) => `${n}`.padEnd(1024 * 1024, 'x'));
  for (const value of values) await log.append([{ topic: 'events', key: 'a', value, receivedAt: 0 }]);
  const seen: string[] = [];
  const sizes: number[] = [];
  const consumer = await log.consume({
    group: 'g',
    topics: ['events'],
    maxRecords: 2_000,
    onError: (error) => expect(error).toBeUndefined(),
    onBatch: async ({ records }) => {
      seen.push(...records.map(({ value }) => value));
      sizes.push(records.reduce((sum, { value }) => sum + value.length, 0));
    },
  });
  await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(values.length);
  await consumer.stop();
  expect(seen.every((value, n) => value === values[n])).toBe(true);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(8 * 1024 * 1024);
  await log.close();
  await drop();
});
