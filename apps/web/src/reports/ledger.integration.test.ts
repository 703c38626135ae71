import { applyLedger } from '@footfall/db/count/ledger';
import { forgetSpool, publishSpool } from '@footfall/db/count/spool-backlog';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newMerchant, openPortal, type Portal } from '#runtime/portal.fixture.ts';
import { readLedgerByDay, readSiteLedger } from './ledger.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(() => portal.close());

test('events that collectors hold in their spools are pending, and reports claim nothing of them', async () => {
  const { site } = await newMerchant(portal);
  const { pool, eventLog } = portal.others;
  const receivedAt = Date.parse('2026-01-07T10:00:00Z');
  const tally = { siteId: site.id, day: '2026-01-07' };
  await eventLog.append([{ topic: 'events', key: 'k', value: '{}', receivedAt: receivedAt + 5_000, tally }]);
  const spool = { id: 'a', place: 'host:/spool/1', records: 5, bytes: 9, oldestReceivedAt: receivedAt };
  const lines = [
    { ...tally, count: 3 },
    { ...tally, day: '2026-01-06', count: 1 },
    { siteId: 'another', day: '2026-01-07', count: 1 },
  ];
  await publishSpool(pool, spool, lines);
  const pendingOn = async (from: string | null, to: string | null) =>
    (await readSiteLedger(site, { from, to }, portal)).pending;
  expect([await pendingOn(null, null), await pendingOn('2026-01-07', null)]).toEqual([5, 4]);
  expect(await readSiteLedger(site, { from: null, to: null }, portal)).toMatchObject({
    received: 5,
    stored: 0,
  });
  expect(await portal.dataThrough(Date.now())).toBe(receivedAt);
  await forgetSpool(pool, 'a');
  expect(await pendingOn(null, null)).toBe(1);
  expect(await portal.dataThrough(Date.now())).toBe(receivedAt + 5_000);
});

test('each day by itself adds up to all of them: what is counted, in the log and in spools', async () => {
  const { site } = await newMerchant(portal);
  const { pool, eventLog } = portal.others;
  const siteId = site.id;
  const line = (offset: number, day: string, outcome: 'stored' | 'rejected:too_old') =>
    ({ offset, siteId, day, outcome, count: offset }) as const;
  const lines = [
    line(3, '2026-02-01', 'stored'),
    line(4, '2026-02-02', 'rejected:too_old'),
    line(5, '2026-01-01', 'stored'),
  ];
  await applyLedger(pool, { stream: 'by-day', partition: 0, lines, lastOffset: 5 });
  const tally = { siteId, day: '2026-02-02' };
  const receivedAt = Date.parse('2026-02-02T10:00:00Z');
  await eventLog.append([{ topic: 'events', key: 'k', value: '{}', receivedAt, tally }]);
  const days = await readLedgerByDay(site, { from: '2026-02-01', to: '2026-02-09' }, portal);
  expect(days).toMatchObject([
    { day: '2026-02-02', received: 5, stored: 0, rejected: { too_old: 4 }, pending: 1 },
    { day: '2026-02-01', received: 3, stored: 3, pending: 0 },
  ]);
  const all = await readSiteLedger(site, { from: '2026-02-01', to: '2026-02-09' }, portal);
  expect(all.received).toBe(8);
});
