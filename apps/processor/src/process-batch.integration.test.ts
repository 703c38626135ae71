import { NONE } from '@footfall/core/dimension';
import { buildLedger } from '@footfall/core/ledger';
import type { Lookups } from '@footfall/core/lookups';
import type { RawEvent, RejectedEvent } from '@footfall/core/raw-event';
import { applyLedger, readLedger } from '@footfall/db/count/ledger';
import { prepareControlPlane } from '@footfall/db/prepare';
import type { EventLog, LogBatch, LogRecord } from '@footfall/eventlog/event-log';
import { openEventLog, prepareEventLog } from '@footfall/eventlog/open';
import type { EventStore } from '@footfall/eventstore/event-store';
import { openEventStore, prepareEventStore } from '@footfall/eventstore/open';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ProcessorPorts, processBatch } from './process-batch.ts';

const DAY = '2026-01-07';
const NOON = Date.parse(`${DAY}T12:00:00Z`);
const AGENT = { device: 'Desktop', browser: 'Firefox', browserVersion: '1', os: 'Linux', osVersion: NONE };

const lookups: Lookups = {
  agent: (userAgent) => ({
    ...AGENT,
    bot: userAgent === 'bot',
    botKind: userAgent === 'bot' ? 'Other' : NONE,
  }),
  place: () => ({ country: 'DE', region: NONE, city: NONE }),
  host: () => undefined,
  app: () => undefined,
  campaign: () => undefined,
  isSpam: () => false,
};

let database: TestDatabase;
let pool: Pool;
let log: EventLog;
let store: EventStore;
const poison: string[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  const { url } = database;
  await prepareControlPlane(url);
  await Promise.all([prepareEventLog(url), prepareEventStore(url)]);
  pool = connectPool(url, { name: 'test', role: 'processor' });
  log = openEventLog(url, { name: 'test', role: 'processor' });
  store = openEventStore(url, { name: 'test', role: 'processor' });
});
afterAll(async () => {
  await Promise.all([log.close(), store.close()]);
  await pool.end();
  await database.drop();
});

const ports = (): ProcessorPorts => ({
  log,
  store,
  lookups,
  findSite: async () => ({ zone: 'UTC', domains: [] }),
  isDeleted: async (siteId) => siteId.startsWith('deleted'),
  applyLedger: (entry) => applyLedger(pool, entry),
  onPoison: (where) => poison.push(where),
});

const raw = (siteId: string, id: string, more: Partial<RawEvent> = {}): RawEvent => ({
  id,
  siteId,
  visitor: 'v1',
  name: 'pageview',
  occurredAt: NOON,
  receivedAt: NOON,
  url: 'https://shop.example/',
  ...more,
});
const makeBatch = (values: readonly object[], more: Partial<LogBatch> = {}): LogBatch => ({
  topic: 'events',
  stream: 'events',
  partition: 0,
  records: values.map((value, index) => ({
    offset: 0,
    index,
    value: JSON.stringify(value),
    receivedAt: NOON,
  })),
  ...more,
});
async function ledgerFor(siteId: string) {
  const { counts, positions } = await readLedger(pool, { siteId, from: null, to: null });
  const pending = await log.tally('events', positions, siteId);
  return buildLedger(
    counts,
    [...pending.values()].reduce((sum, count) => sum + count, 0),
  );
}

test('stored, repeated, bots and poison each have their line in the ledger, and no one stops the others', async () => {
  const siteId = 'site_lines';
  const batch = makeBatch(
    [
      raw(siteId, 'a'),
      raw(siteId, 'a'),
      raw(siteId, 'b', { userAgent: 'bot' }),
      raw(siteId, 'c', { url: 'not a url that validation would have let through' }),
      raw(siteId, 'd'),
    ],
    { partition: 1 },
  );
  await processBatch(batch, ports());
  expect(await ledgerFor(siteId)).toEqual({
    received: 5,
    stored: 3,
    duplicate: 1,
    rejected: { invalid_event: 1 },
    pending: 0,
    bots: 1,
  });
  expect(poison).toEqual(['events/1/0/3']);
});

test('records of another version count alike: with a field more, which is kept, or with no more than every event has', async () => {
  const siteId = 'site_versions';
  const { visitor } = raw(siteId, '');
  const later = { ...raw(siteId, 'later'), weather: { rain: true } };
  await processBatch(makeBatch([later, raw(siteId, 'fewest')], { partition: 40 }), ports());
  const [events] = await store.readVisitors([{ siteId, visitor, from: NOON, to: NOON + 1 }]);
  expect(events?.map((event) => event.raw)).toEqual(expect.arrayContaining([later, raw(siteId, 'fewest')]));
  const refused = { siteId, reason: 'of_a_later_version', receivedAt: NOON, later: true };
  await processBatch(makeBatch([refused], { topic: 'rejected', stream: 'rejected', partition: 40 }), ports());
  expect(await ledgerFor(siteId)).toEqual({
    received: 3,
    stored: 2,
    duplicate: 0,
    rejected: { of_a_later_version: 1 },
    pending: 0,
    bots: 0,
  });
});

test('what nothing can be made of is set aside as it was, once counted, and stops nothing', async () => {
  const siteId = 'site_poison';
  const values = ['"no object"', 'no JSON', 'null', JSON.stringify({ siteId, receivedAt: NOON, url: 'x' })];
  const records = [...values, JSON.stringify(raw(siteId, 'good'))].map((value, index) => ({
    offset: index,
    index: 0,
    value,
    receivedAt: NOON,
  }));
  const appended: LogRecord[] = [];
  const append = async (more: readonly LogRecord[]) => void appended.push(...more);
  await processBatch(makeBatch([], { partition: 6, records }), { ...ports(), log: { append } });
  const aside = appended.filter(({ topic }) => topic === 'rejected');
  expect(aside.map(({ value }) => (JSON.parse(value) as RejectedEvent).deadLetter)).toEqual(
    values.map((value, index) => ({ origin: `events/6/${index}/0`, value })),
  );
  expect(aside.map(({ tally }) => tally)).toEqual(values.map(() => undefined));
  const once = { received: 2, stored: 1, rejected: { invalid_event: 1 } };
  expect(await ledgerFor(siteId)).toMatchObject(once);
  const letters = aside.map(({ value }, index) => ({ offset: index, index: 0, value, receivedAt: NOON }));
  const broken = { offset: 9, index: 0, value: 'no JSON', receivedAt: NOON };
  const rejected = { topic: 'rejected', stream: 'rejected', partition: 7 } as const;
  await processBatch(makeBatch([], { ...rejected, records: [...letters, broken] }), ports());
  expect(await ledgerFor(siteId)).toMatchObject(once);
});

test('refused events are counted by reason', async () => {
  const siteId = 'site_refused';
  const refused = (['invalid_url', 'invalid_url', 'too_old'] as const).map((reason) => ({
    siteId,
    reason,
    receivedAt: NOON,
  }));
  await processBatch(makeBatch(refused, { topic: 'rejected', stream: 'rejected' }), ports());
  expect(await ledgerFor(siteId)).toMatchObject({ received: 3, rejected: { invalid_url: 2, too_old: 1 } });
});

test.each(['append', 'applyLedger', 'nothing'] as const)(
  'a crash before %s, and the batch comes again: counted exactly once',
  async (step) => {
    const siteId = `site_crash_${step}`;
    const partition = { append: 2, applyLedger: 3, nothing: 4 }[step];
    const batch = makeBatch([raw(siteId, 'a'), raw(siteId, 'b'), raw(siteId, 'a')], { partition });
    const whole = ports();
    const crash = async () => {
      throw new Error('killed');
    };
    const broken: ProcessorPorts = {
      ...whole,
      ...(step === 'append'
        ? { log: { append: crash } }
        : step === 'applyLedger'
          ? { applyLedger: crash }
          : {}),
    };
    if (step === 'nothing') await processBatch(batch, broken);
    else await expect(processBatch(batch, broken)).rejects.toThrow('killed');

    await processBatch(batch, whole);
    expect(await ledgerFor(siteId)).toMatchObject({ received: 3, stored: 2, duplicate: 1, pending: 0 });
    const [events] = await store.readVisitors([{ siteId, visitor: 'v1', from: 0, to: NOON + 1 }]);
    expect(events?.map((event) => event.raw.id).sort()).toEqual(['a', 'b']);
  },
);

test('every stored event touches its visitor-day, in the local day of the site', async () => {
  const appended: LogRecord[] = [];
  const siteId = 'site_touched';
  const late = Date.parse('2026-01-07T23:30:00Z');
  await processBatch(
    makeBatch(
      [raw(siteId, 'a'), raw(siteId, 'b', { receivedAt: NOON - 5 }), raw(siteId, 'c', { occurredAt: late })],
      { partition: 5 },
    ),
    {
      ...ports(),
      findSite: async () => ({ zone: 'Europe/Berlin', domains: [] }),
      log: { append: async (records) => void appended.push(...records) },
    },
  );
  expect(
    appended.map(({ value, receivedAt, key }) => ({ ...(JSON.parse(value) as object), receivedAt, key })),
  ).toEqual([
    {
      siteId,
      day: '2026-01-07',
      zone: 'Europe/Berlin',
      visitor: 'v1',
      receivedAt: NOON - 5,
      key: `${siteId}:v1`,
    },
    {
      siteId,
      day: '2026-01-08',
      zone: 'Europe/Berlin',
      visitor: 'v1',
      receivedAt: NOON,
      key: `${siteId}:v1`,
    },
  ]);
});

test('what the log still has of a site that was deleted is stored and counted nowhere, and stops nothing', async () => {
  const [gone, kept] = ['deleted_1', 'site_kept'];
  await processBatch(makeBatch([raw(gone, 'a'), raw(kept, 'b'), raw(gone, 'c')], { partition: 66 }), ports());
  expect(await store.span(gone)).toBeNull();
  expect(await store.span(kept)).not.toBeNull();
  const counted = async (siteId: string) =>
    (await readLedger(pool, { siteId, from: null, to: null })).counts.get('stored') ?? 0;
  expect([await counted(gone), await counted(kept)]).toEqual([0, 1]);
});
