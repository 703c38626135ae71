import { Failure } from '@footfall/core/failure';
import { expect, test } from 'vitest';
import { type FoldPorts, foldTouched } from './fold-touched.ts';

const NOW = Date.parse('2026-05-04T12:00:00Z');
const site = { timezone: 'Etc/UTC', generation: 1, nextTimezone: null, nextGeneration: null };
const value = JSON.stringify({ siteId: 's', day: '2026-05-04', zone: 'Etc/UTC', visitor: 'v' });
const records = [{ offset: 0, index: 0, value, receivedAt: NOW }];
const batch = { topic: 'touched', stream: 'touched', partition: 0, records } as const;
const how = { stillOwned: () => true, now: NOW };

function portsThatFail(failure: Error, refused: unknown[]): FoldPorts {
  return {
    store: { readVisitors: async (keys) => keys.map(() => []) },
    reports: {
      replaceVisitorDays: () => Promise.reject(failure),
      touchDays: async () => undefined,
    },
    siteOf: async () => site,
    defer: async () => undefined,
    reopen: async () => undefined,
    onRefused: (error) => refused.push(error),
  };
}

test('a visitor-day that the report store cannot hold is told of, and does not come again', async () => {
  const refused: unknown[] = [];
  const failure = new Failure('visitor_day_refused', { status: 500, retriable: false }, 'too large');
  await foldTouched(batch, portsThatFail(failure, refused), how);
  expect(refused).toEqual([failure]);
});

test('any other failure makes the batch come again', async () => {
  const refused: unknown[] = [];
  const failure = new Failure('report_store_unavailable', { status: 503, retriable: true }, 'away');
  await expect(foldTouched(batch, portsThatFail(failure, refused), how)).rejects.toBe(failure);
  expect(refused).toEqual([]);
});
