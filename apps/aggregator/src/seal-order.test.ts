import { addDays } from '@footfall/core/zone';
import type { ReportLimit } from '@footfall/db/count/report-limit';
import type { DayState, Sealing } from '@footfall/reportstore/report-store';
import { expect, test } from 'vitest';
import { sealDays } from './seal.ts';
import { createSealBudget } from './seal-budget.ts';
import { NO_SEAL_USE } from './seal-use.fixture.ts';

const START = Date.parse('2026-05-04T12:00:00Z');
const WORK_MS = 1_400;

/** A report store that notes what is sealed and takes its time, and a clock. */
function workshop(workMs = WORK_MS) {
  const used: string[] = [];
  let now = START;
  const waiting = new Map<string, DayState>();
  const sealed: string[] = [];
  const touch = (siteId: string, day: string, sealedVersion: number | null) =>
    waiting.set(`${siteId} ${day}`, {
      siteId,
      generation: 1,
      day,
      version: 2,
      sealedVersion,
      dirtySince: now,
    });
  const ports = {
    store: {
      scanSite: async function* () {
        yield [];
      },
    },
    reports: {
      // In the worst order there is: all of the first site, the oldest first.
      staleDays: async (latest: string, limit: number, from = '') =>
        [...waiting.values()]
          .filter(({ day }) => day <= latest && day >= from)
          .sort((a, b) => (a.siteId + a.day < b.siteId + b.day ? -1 : 1))
          .slice(0, limit),
      sealDays: async ({ siteId, month, days }: Sealing) => {
        now += workMs;
        sealed.push(`${siteId} ${month}`);
        for (const { day } of days) waiting.delete(`${siteId} ${day}`);
        return true;
      },
    },
    siteOf: async () => ({ timezone: 'Etc/UTC', generation: 1, nextTimezone: null, nextGeneration: null }),
    budget: createSealBudget(NO_SEAL_USE),
    limits: {
      replace: async () => undefined,
      add: async (siteId: string, { day, kind }: ReportLimit) => void used.push(`${siteId} ${day} ${kind}`),
    },
    onError: (error: unknown) => {
      throw error;
    },
  };
  const round = async () => {
    await sealDays(ports, { now: () => now, limit: 10_000 });
    now += 1_000;
  };
  return { touch, round, sealed, used, now: () => now };
}

test('twenty events of old dates delay no day that has just ended, and no round by more than a few months', async () => {
  const { touch, round, sealed } = workshop();
  for (let n = 0; n < 20; n++) touch('attacked', addDays('2024-01-15', 31 * n), 1);
  touch('neighbour', '2026-05-03', null);
  await round();
  expect(sealed[0]).toBe('neighbour 2026-05');
  expect(sealed.length).toBeLessThanOrEqual(6);
  touch('neighbour', '2026-05-02', null);
  const before = sealed.length;
  await round();
  expect(sealed[before]).toBe('neighbour 2026-05');
  for (let n = 0; n < 10; n++) await round();
  expect(new Set(sealed.filter((one) => one.startsWith('attacked'))).size).toBe(20);
});

test('old dates again and again cost a bounded number of rewritten months', async () => {
  const { touch, round, sealed, now } = workshop();
  while (now() < START + 3_600_000) {
    for (let n = 0; n < 20; n++) touch('attacked', addDays('2024-01-15', 31 * n), 1);
    await round();
  }
  // Every second of the hour would be 1,500 and more: the first of each, and a quarter of ten minutes' budget's time, then a fiftieth.
  expect(sealed.length).toBeLessThan(20 + 600_000 / WORK_MS + 3_600_000 / 50 / WORK_MS + 20);
});

test('all that waits of a month goes with its latest day: it is written once', async () => {
  const { touch, round, sealed } = workshop();
  touch('shop', '2026-05-03', null);
  touch('shop', '2026-05-01', 1);
  await round();
  expect(sealed).toEqual(['shop 2026-05']);
  await round();
  expect(sealed).toHaveLength(1);
});

test('a site whose past takes more time than it may have in a day is told so, and no other', async () => {
  const { touch, round, used } = workshop(200_000);
  for (let n = 0; n < 6; n++) {
    for (const siteId of ['busy', 'calm']) if (siteId === 'busy' || n < 2) touch(siteId, '2025-01-01', 1);
    for (let wait = 0; wait < 2_000; wait++) await round();
  }
  expect([...new Set(used)]).toEqual(['busy 2026-05-04 sealing']);
});
