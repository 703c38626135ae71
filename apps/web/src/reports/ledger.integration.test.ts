import { forgetSpool, publishSpool } from '@footfall/db/count/spool-backlog';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newMerchant, openPortal, type Portal } from '#runtime/portal.fixture.ts';
import { readSiteLedger } from './ledger.ts';

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
