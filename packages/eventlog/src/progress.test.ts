import { expect, test } from 'vitest';
import type { PartitionLag } from './event-log.ts';
import { Standstill, watchProgress } from './progress.ts';

const lag = (partition: number, committed: number, end: number): PartitionLag => ({
  topic: 'events',
  stream: 'events',
  partition,
  committed,
  end,
  oldestReceivedAt: committed < end ? 0 : null,
});

test('a partition stands still when something waits and its position is the same', () => {
  const standstill = new Standstill();
  standstill.look([lag(0, 5, 9), lag(1, 5, 9), lag(2, 9, 9)], 1_000);
  standstill.look([lag(0, 5, 12), lag(1, 6, 12), lag(2, 9, 9)], 2_000);
  standstill.look([lag(0, 5, 12), lag(1, 6, 12), lag(2, 9, 9)], 4_000);
  expect(standstill.standing(4_000, 3_000)).toEqual({ partitions: ['events/0'], longestMs: 3_000 });
  expect(standstill.standing(5_000, 3_000).partitions).toEqual(['events/0', 'events/1']);
  standstill.look([lag(0, 12, 12), lag(1, 7, 12), lag(2, 9, 9)], 6_000);
  expect(standstill.standing(6_000, 3_000).partitions).toEqual([]);
});

test('what comes into a partition that had nothing is given its time from then on', () => {
  const standstill = new Standstill();
  standstill.look([lag(0, 9, 9)], 0);
  standstill.look([lag(0, 9, 9)], 50_000);
  standstill.look([lag(0, 9, 10)], 60_000);
  expect(standstill.standing(60_000, 60_000).partitions).toEqual([]);
  expect(standstill.standing(110_000, 60_000).partitions).toEqual(['events/0']);
});

test('the check names the partitions that stand still, and passes again when they move', async () => {
  let lags = [lag(3, 5, 9)];
  const log = { lag: async () => lags };
  const progress = watchProgress(log, { group: 'g', topics: ['events'], standstillMs: 0, lookMs: 1 });
  await expect.poll(() => progress.check().catch(String)).toMatch(/nothing of what waits in events\/3 was/);
  lags = [];
  await progress.stop();
  const fresh = watchProgress(log, { group: 'g', topics: ['events'] });
  await fresh.check();
  await fresh.stop();
});
