import { Client } from '@elastic/elasticsearch';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  ask,
  DAY,
  newSite,
  readState,
  rolledUp,
  row,
  sealDay,
  totals,
  visitorDay,
} from '../../contract.fixture.ts';
import { fact } from '../../facts.fixture.ts';
import type { ReportStore } from '../../report-store.ts';
import { type FreshStore, freshStore } from '../fresh-store.fixture.ts';
import { indexNames, type Names } from '../schema/names.ts';

const HOUR = 3_600_000;
const ONE = [row([], { visitors: 1, visits: 1, events: 1 })];

let fresh: FreshStore;
let client: Client;
let names: Names;
let ahead = 0;
let store: ReportStore;
beforeAll(async () => {
  fresh = await freshStore(inject('elasticsearchUrl'));
  names = indexNames(fresh.prefix);
  client = new Client({ node: inject('elasticsearchUrl') });
  store = fresh.open({ now: () => Date.now() + ahead });
});
afterAll(async () => {
  await store.close();
  await client.close();
  await fresh.drop();
});

/** Sweeps as of some hours from now. */
async function sweepIn(hours: number): Promise<void> {
  ahead = hours * HOUR;
  await store.sweep();
  ahead = 0;
}

async function countDocuments(siteId: string, index: string): Promise<number> {
  await client.indices.refresh({ index, ignore_unavailable: true });
  const query = { term: { site: siteId } };
  return (await client.count({ index, query, ignore_unavailable: true })).count;
}

async function countRecords(siteId: string): Promise<number> {
  return countDocuments(siteId, names.builds);
}

async function sealedSite(day: string): Promise<string> {
  const siteId = newSite();
  await store.replaceVisitorDays([visitorDay(siteId, { day })]);
  await sealDay(store, await readState(store, siteId, day), [[fact()]]);
  return siteId;
}

const on = (day: string) => ({ days: [{ from: day, to: day }] });

test('builds that were superseded stay for an hour, then they go, and never the one in force', async () => {
  const siteId = await sealedSite(DAY);
  const [facts, rollUps] = [names.facts('2026-03'), names.rollUps('2026-03')];
  const before = await countDocuments(siteId, rollUps);
  await sealDay(store, await readState(store, siteId), [[fact()]]);
  await sweepIn(0.9);
  expect(await countDocuments(siteId, facts)).toBe(2);
  await sweepIn(1.1);
  expect(await countDocuments(siteId, facts)).toBe(1);
  expect(await countDocuments(siteId, rollUps)).toBe(before);
  expect(await ask(store, totals(siteId))).toEqual(ONE);
  expect(await ask(store, rolledUp(siteId))).toEqual(ONE);
  await sweepIn(100);
  expect(await countRecords(siteId)).toBe(0);
  expect(await ask(store, totals(siteId))).toEqual(ONE);
});

test('builds that a sealing left behind half-way go when it cannot be writing them any more', async () => {
  const siteId = await sealedSite(DAY);
  async function* failing() {
    yield [{ day: DAY, facts: [fact()] }];
    throw new Error('the event store is away');
  }
  const days = [await readState(store, siteId)];
  // The lock says that it works for a month to come.
  const busy = fresh.open({ sealerMs: 30 * 24 * HOUR });
  let found = 0;
  async function* slow() {
    yield* failing();
  }
  async function* watched() {
    yield [{ day: DAY, facts: Array.from({ length: 3 }, (_, visit) => fact({ visit })) }];
    yield [{ day: DAY, facts: Array.from({ length: 1_001 }, (_, visit) => fact({ visit })) }];
    for (let more = 0; more < 1_000; more++) yield [{ day: DAY, facts: [fact()] }];
    await expect
      .poll(() => countDocuments(siteId, names.facts('2026-03')), { timeout: 30_000 })
      .toBeGreaterThan(1);
    await sweepIn(5);
    found = await countDocuments(siteId, names.facts('2026-03'));
    throw new Error('gone');
  }
  await expect(busy.sealDays({ siteId, generation: 1, month: '2026-03', days }, watched())).rejects.toThrow(
    'gone',
  );
  expect(found).toBeGreaterThan(1);
  await expect(store.sealDays({ siteId, generation: 1, month: '2026-03', days }, slow())).rejects.toThrow(
    'away',
  );
  await sweepIn(5);
  expect(await countDocuments(siteId, names.facts('2026-03'))).toBe(1);
  // What is left of the open day is forgotten with its index, or days later.
  expect(await countRecords(siteId)).toBe(1);
  await sweepIn(50);
  expect(await countRecords(siteId)).toBe(0);
  expect(await ask(store, totals(siteId))).toEqual(ONE);
  await busy.close();
}, 120_000);

test('the index of open days goes when all of them are sealed for an hour, not before', async () => {
  const day = '2026-02-10';
  const index = names.open(day);
  const siteId = await sealedSite(day);
  const waiting = newSite();
  await store.replaceVisitorDays([visitorDay(waiting, { day })]);
  await sweepIn(10);
  expect(await client.indices.exists({ index })).toBe(true);
  expect(await ask(store, totals(waiting, on(day)))).toEqual(ONE);
  // Not closed to those who write.
  await store.replaceVisitorDays([visitorDay(waiting, { day, facts: [fact(), fact({ visit: 1 })] })]);
  await sealDay(store, await readState(store, waiting, day), [[fact()]]);
  await store.read(async (reader) => {
    expect(await reader.run(totals(waiting, on(day)))).toEqual(ONE);
    await sweepIn(0.5);
    expect(await client.indices.exists({ index })).toBe(true);
  });
  await sweepIn(1.5);
  expect(await client.indices.exists({ index })).toBe(false);
  for (const site of [siteId, waiting]) expect(await ask(store, totals(site, on(day)))).toEqual(ONE);
  // A day of a site that is new to it opens it again.
  const late = newSite();
  await store.replaceVisitorDays([visitorDay(late, { day })]);
  expect(await ask(store, totals(late, on(day)))).toEqual(ONE);
});

test('rows of open days that outlive their site’s sealing by days go, also when the index stays', async () => {
  const day = '2026-02-11';
  const siteId = await sealedSite(day);
  await store.replaceVisitorDays([visitorDay(newSite(), { day })]);
  await sweepIn(10);
  expect(await countDocuments(siteId, names.open(day))).toBe(1);
  await sweepIn(50);
  expect(await countDocuments(siteId, names.open(day))).toBe(0);
  expect(await client.indices.exists({ index: names.open(day) })).toBe(true);
});

test('an index that a sweeper closed before it died is opened again', async () => {
  const day = '2026-02-12';
  const siteId = newSite();
  await store.replaceVisitorDays([visitorDay(siteId, { day })]);
  await client.indices.addBlock({ index: names.open(day), block: 'write' });
  const write = store.replaceVisitorDays([visitorDay(siteId, { day, visitor: 'v2' })]);
  await store.sweep();
  await write;
  expect(await ask(store, totals(siteId, on(day)))).toEqual([row([], { visitors: 2, visits: 2, events: 2 })]);
});

/** As a sweeper does that begins in some hours. */
const takePlace = (hours: number) =>
  client.index({
    index: names.builds,
    id: 'sweeper',
    routing: 'sweeper',
    document: { owner: 'x', since: Date.now() + hours * HOUR },
    refresh: true,
  });

test.each([
  ['has died', 3, 2],
  ['had a clock that was a day ahead', 2, 26],
])('while one sweeps, another leaves it to that one; not when it %s', async (_, now, since) => {
  const siteId = await sealedSite(DAY);
  await sealDay(store, await readState(store, siteId), [[fact()]]);
  await takePlace(2);
  await sweepIn(2);
  expect(await countDocuments(siteId, names.facts('2026-03'))).toBe(2);
  await takePlace(since);
  await sweepIn(now);
  expect(await countDocuments(siteId, names.facts('2026-03'))).toBe(1);
});

test.each([
  ['facts', (siteId: string, day: string) => totals(siteId, on(day))],
  ['rollUps', (siteId: string, day: string) => rolledUp(siteId, on(day))],
] as const)(
  'an index of %s that is lost is a failure, then its days are made anew',
  async (kind, questionOf) => {
    const day = kind === 'facts' ? '2026-01-05' : '2025-12-05';
    const siteId = await sealedSite(day);
    await store.touchDays([{ siteId, generation: 1, day: day.replace('05', '06'), receivedAt: 1 }]);
    await client.indices.delete({ index: names[kind](day.slice(0, 7)) });
    await expect(ask(store, questionOf(siteId, day))).rejects.toMatchObject({
      code: 'report_store_unprepared',
      retriable: true,
    });
    const before = await readState(store, siteId, day);
    await store.sweep();
    const after = await readState(store, siteId, day);
    expect(after).toMatchObject({ version: before.version + 1, sealedVersion: null });
    expect(after.dirtySince).toBeLessThanOrEqual(Date.parse(day) - 14 * HOUR);
    expect(await ask(store, questionOf(siteId, day))).toEqual([]);
    expect(await sealDay(store, after, [[fact()]])).toBe(true);
    expect(await ask(store, questionOf(siteId, day))).toEqual(ONE);
    expect((await readState(store, siteId, day)).dirtySince).toBeNull();
  },
);
