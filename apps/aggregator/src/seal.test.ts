import { storedEvent } from '@footfall/core/stored-event.fixture';
import { MOST_EVENTS_OF_VISITOR_DAY } from '@footfall/core/visitor-day';
import type { DayLimit } from '@footfall/db/count/report-limit';
import type { CutValuesOfDay, NoteCutValues } from '@footfall/reportstore/report-store';
import { expect, test } from 'vitest';
import { isSealable, sealDays } from './seal.ts';
import { createSealBudget } from './seal-budget.ts';
import { NO_SEAL_USE } from './seal-use.fixture.ts';

test.each([
  ['Etc/UTC', '2026-01-08T01:59:59Z', false],
  ['Etc/UTC', '2026-01-08T02:00:00Z', true],
  // New York's 7 January ends at 05:00 UTC.
  ['America/New_York', '2026-01-08T06:59:59Z', false],
  ['America/New_York', '2026-01-08T07:00:00Z', true],
  ['Asia/Kathmandu', '2026-01-07T20:15:00Z', true],
])('2026-01-07 in %s at %s: sealable is %s', (zone, now, sealable) => {
  expect(isSealable('2026-01-07', zone, Date.parse(now))).toBe(sealable);
});

test('what is beyond a bound on the days that are sealed is noted in place of what was', async () => {
  const day = '2026-01-07';
  const at = Date.parse(`${day}T12:00:00Z`);
  const of = (visitor: string, count: number) =>
    Array.from({ length: count }, (_, n) =>
      storedEvent({ id: `${visitor}${n}`, visitor, occurredAt: at + n }),
    );
  const state = { siteId: 's', generation: 1, day, version: 2, sealedVersion: 1, dirtySince: at };
  const noted: { siteId: string; days: readonly string[]; limits: readonly DayLimit[] }[] = [];
  const cut: CutValuesOfDay[] = [{ day, dimension: 'event:page', values: 7 }];
  const ports = {
    store: {
      scanSite: async function* () {
        yield of('a', MOST_EVENTS_OF_VISITOR_DAY - 1);
        yield [...of('b', MOST_EVENTS_OF_VISITOR_DAY), ...of('c', 1)];
      },
    },
    reports: {
      staleDays: async () => [state],
      sealDays: async (_: unknown, facts: AsyncIterable<unknown>, note?: NoteCutValues) => {
        for await (const _portion of facts) expect(noted).toEqual([]);
        await note?.(cut);
        return true;
      },
    },
    siteOf: async () => ({ timezone: 'Etc/UTC', generation: 1, nextTimezone: null, nextGeneration: null }),
    budget: createSealBudget(NO_SEAL_USE),
    limits: {
      replace: async (siteId: string, given: { days: readonly string[]; limits: readonly DayLimit[] }) =>
        void noted.push({ siteId, ...given }),
      add: async () => undefined,
    },
    onError: (error: unknown) => {
      throw error;
    },
  };
  await sealDays(ports, { now: () => at + 2 * 86_400_000, limit: 10 });
  const limits = [
    { day, kind: 'values', dimension: 'event:page', count: 7 },
    { day, kind: 'visitor_days', dimension: '', count: 1 },
  ];
  expect(noted).toEqual([{ siteId: 's', days: [day], limits }]);
});
