import type { LogRecord } from '@footfall/eventlog/event-log';
import { expect, test } from 'vitest';
import { Refusals } from './refusals.ts';

function refusing() {
  const appended: LogRecord[][] = [];
  let isAway = false;
  const append = async (records: readonly LogRecord[]) => {
    if (isAway) throw new Error('away');
    appended.push([...records]);
  };
  const refusals = new Refusals({ append }, () => 7);
  return { refusals, appended, away: (away: boolean) => (isAway = away) };
}

const told = (records: readonly LogRecord[] | undefined) => records?.map(({ value }) => JSON.parse(value));

test('one record a site and reason, however many requests', async () => {
  const { refusals, appended } = refusing();
  for (let n = 0; n < 100; n += 1) refusals.note('a', 'rate_limited', 2);
  refusals.note('a', 'origin_not_allowed', 1);
  refusals.note('b', 'rate_limited', 5);
  await refusals.stop();
  expect(told(appended[0])).toEqual([
    { siteId: 'a', reason: 'rate_limited', receivedAt: 7, count: 200 },
    { siteId: 'a', reason: 'origin_not_allowed', receivedAt: 7, count: 1 },
    { siteId: 'b', reason: 'rate_limited', receivedAt: 7, count: 5 },
  ]);
  // They are pending nowhere: no ledger waits for them.
  expect(appended[0]?.map(({ topic, tally }) => [topic, tally])).toEqual(
    Array(3).fill(['rejected', undefined]),
  );
  await refusals.tell();
  expect(appended.length).toBe(1);
});

test('what the log could not take is told with the next', async () => {
  const { refusals, appended, away } = refusing();
  refusals.note('a', 'rate_limited', 2);
  away(true);
  await refusals.tell();
  refusals.note('a', 'rate_limited', 3);
  away(false);
  await refusals.stop();
  expect(told(appended[0])).toMatchObject([{ count: 5 }]);
});
