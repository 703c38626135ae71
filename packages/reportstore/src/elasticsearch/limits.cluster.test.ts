import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, newSite, readState, row, sealDay, totals, visitorDay } from '../contract.fixture.ts';
import { fact } from '../facts.fixture.ts';
import { openReportStore } from '../open.ts';
import type { ReportStore } from '../report-store.ts';
import { type FreshStore, freshStore } from './fresh-store.fixture.ts';
import { MOST_NESTED } from './schema/mappings.ts';

let fresh: FreshStore;
let store: ReportStore;
beforeAll(async () => {
  fresh = await freshStore(inject('elasticsearchUrl'));
  store = fresh.open();
});
afterAll(async () => {
  await store.close();
  await fresh.drop();
});

const counted = (visitors: number, events = visitors) => [row([], { visitors, visits: visitors, events })];

test('a hundred writers of one day: each counts its version up, and nothing of any is lost', async () => {
  const siteId = newSite();
  const stores = [store, fresh.open(), fresh.open(), fresh.open()];
  await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      stores[n % 4]?.replaceVisitorDays([visitorDay(siteId, { visitor: `v${n}` })]),
    ),
  );
  expect(await readState(store, siteId)).toMatchObject({
    version: 100,
    sealedVersion: null,
    dirtySince: null,
  });
  expect(await ask(store, totals(siteId))).toEqual(counted(100));
  for (const other of stores.slice(1)) await other.close();
});

const many = (count: number) =>
  Array.from({ length: count }, (_, n) => fact({ eventId: String(n), page: `/${n % 700}` }));

test('a visitor-day of 20,000 events, and a day of more than one request', async () => {
  const siteId = newSite();
  const crowd = Array.from({ length: 3_000 }, (_, n) => visitorDay(siteId, { visitor: `v${n}` }));
  await store.replaceVisitorDays([visitorDay(siteId, { visitor: 'busy', facts: many(20_000) }), ...crowd]);
  expect(await ask(store, totals(siteId))).toEqual(counted(3_001, 23_000));
  const visitors = [many(20_000), ...crowd.map(({ facts }) => facts)];
  expect(await sealDay(store, await readState(store, siteId), visitors)).toBe(true);
  expect(await ask(store, totals(siteId))).toEqual(counted(3_001, 23_000));
}, 120_000);

test('a visitor-day that is too large is refused by name, all others of the call are written', async () => {
  const siteId = newSite();
  const large = visitorDay(siteId, { visitor: 'flood', facts: many(MOST_NESTED) });
  await expect(store.replaceVisitorDays([visitorDay(siteId), large])).rejects.toMatchObject({
    code: 'visitor_day_refused',
    retriable: false,
    where: `${siteId}/1/${large.day}/flood`,
  });
  expect(await ask(store, totals(siteId))).toEqual(counted(1));
  expect(await readState(store, siteId)).toMatchObject({ version: 1 });
});

test('what Elasticsearch refuses is named, all others of the call are written', async () => {
  const siteId = newSite();
  // Longer than a term may be; events that were validated have none such.
  const refused = visitorDay(siteId, { visitor: 'odd', facts: [fact({ page: 'x'.repeat(40_000) })] });
  await expect(store.replaceVisitorDays([refused, visitorDay(siteId)])).rejects.toMatchObject({
    code: 'visitor_day_refused',
    where: `${siteId}/1/${refused.day}/odd`,
  });
  expect(await ask(store, totals(siteId))).toEqual(counted(1));
});

test('an engine that does not answer is a failure that may pass', async () => {
  const away = openReportStore('http://127.0.0.1:1/?prefix=test-away-', { name: 'test', filesDir: '' });
  const unavailable = { code: 'report_store_unavailable', retriable: true, status: 503 };
  await expect(away.ping()).rejects.toMatchObject(unavailable);
  await expect(ask(away, totals('s'))).rejects.toMatchObject(unavailable);
  await expect(
    away.touchDays([{ siteId: 's', generation: 1, day: '2026-01-01', receivedAt: 1 }]),
  ).rejects.toMatchObject(unavailable);
  await expect(away.staleDays('2026-01-01', 1)).rejects.toMatchObject(unavailable);
  await away.close();
});

/** An engine that takes questions and never answers them. */
async function silent(): Promise<{ server: Server; url: string }> {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

test('a question that takes too long is ended, and may be asked again', async () => {
  const siteId = newSite();
  await store.replaceVisitorDays([visitorDay(siteId)]);
  const hurried = openReportStore(fresh.url, { name: 'test', filesDir: '', queryTimeoutMs: 1 });
  await expect(ask(hurried, totals(siteId))).rejects.toMatchObject({
    code: 'query_timeout',
    retriable: true,
  });
  await hurried.close();
  const { server, url } = await silent();
  const deaf = openReportStore(url, { name: 'test', filesDir: '', queryTimeoutMs: 100 });
  await expect(ask(deaf, totals(siteId))).rejects.toMatchObject({ code: 'query_timeout', retriable: true });
  await deaf.close();
  server.closeAllConnections();
  server.close();
});

test('a reader that was given back is good for nothing', async () => {
  const kept = await store.read(async (reader) => reader);
  await expect(kept.run(totals('s'))).rejects.toMatchObject({ code: 'unanswerable' });
});
