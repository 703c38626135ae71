import type { Pool } from '@footfall/postgres/pool';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { applyLedger, type LedgerLine, readLedger } from './ledger.ts';

let plane: ControlPlane;
let pool: Pool;
beforeAll(async () => {
  plane = await freshControlPlane();
  ({ pool } = plane);
});
afterAll(() => plane.drop());

const DAY = '2026-01-07';
const always = (siteId: string) => ({ siteId, from: null, to: null });
const stored = (siteId: string, offset: number): LedgerLine => ({
  offset,
  siteId,
  day: DAY,
  outcome: 'stored',
});
const readCounts = async (siteId: string) =>
  Object.fromEntries((await readLedger(pool, always(siteId))).counts);

const OUTCOMES = ['stored', 'duplicate', 'rejected:invalid_url', 'bot'] as const;

/** What became of the records of a partition: some were skipped, some have two lines (a stored event of a bot). */
const arbitraryPartition = fc.array(fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 2 }), {
  minLength: 1,
  maxLength: 40,
});
/** Delivery is in order with repeats: a stretch begins at or before the end of what was delivered. */
const arbitraryRanges = fc.array(fc.record({ back: fc.nat(30), length: fc.integer({ min: 1, max: 15 }) }), {
  maxLength: 8,
});

test('counts each line once, however stretches of the log are cut and redelivered', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryPartition, arbitraryRanges, async (records, ranges) => {
      run += 1;
      const [siteId, stream] = [`site_${run}`, `stream_${run}`];
      const deliver = (from: number, to: number) =>
        applyLedger(pool, {
          stream,
          partition: 0,
          lines: records
            .slice(from, to)
            .flatMap((outcomes, index) =>
              outcomes.map((outcome) => ({ offset: from + index, siteId, day: DAY, outcome })),
            ),
          lastOffset: to - 1,
        });
      let end = 0;
      for (const { back, length } of ranges) {
        const from = Math.max(0, end - back);
        const to = Math.min(records.length, from + length);
        if (to === from) continue;
        await deliver(from, to);
        end = Math.max(end, to);
      }
      const expected: Record<string, number> = {};
      for (const outcome of records.slice(0, end).flat()) expected[outcome] = (expected[outcome] ?? 0) + 1;
      expect(await readCounts(siteId)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

test('partitions that count for the same sites at once neither block nor lose', async () => {
  const [partitions, rounds] = [6, 15];
  // Each batch has other sites in another order: without one order of locking, two batches soon wait for each other in a circle.
  const makeSites = (partition: number, offset: number) =>
    Array.from(
      { length: 150 },
      (_, n) => `site_p${(n * (2 * partition + 1) + offset * 7) % (151 + partition * 40)}`,
    );
  await Promise.all(
    Array.from({ length: partitions }, async (_, partition) => {
      for (let offset = 0; offset < rounds; offset += 1) {
        await applyLedger(pool, {
          stream: 'parallel',
          partition,
          lines: ['site_p', ...makeSites(partition, offset)].map((siteId) => ({
            ...stored(siteId, offset),
            day: `2026-01-0${(partition % 3) + 1}`,
          })),
          lastOffset: offset,
        });
      }
    }),
  );
  expect(await readCounts('site_p')).toEqual({ stored: partitions * rounds });
  const { counts } = await readLedger(pool, { siteId: 'site_p', from: '2026-01-02', to: '2026-01-02' });
  expect(counts.get('stored')).toBe((partitions * rounds) / 3);
});

test('two processors that both hold a stretch, because a lease moved on, count it once', async () => {
  const range = (from: number, to: number) => ({
    stream: 'contested',
    partition: 3,
    lines: Array.from({ length: to - from }, (_, n) => stored('site_c', from + n)),
    lastOffset: to - 1,
  });
  for (let from = 0; from < 30; from += 3) {
    await Promise.all(
      [range(from, from + 3), range(from, from + 3), range(Math.max(0, from - 1), from + 2)].map((entry) =>
        applyLedger(pool, entry),
      ),
    );
  }
  expect(await readCounts('site_c')).toEqual({ stored: 30 });
});

test('a position never goes back, and moves on over records that count for nobody', async () => {
  const position = async () =>
    (await readLedger(pool, always('site_n'))).positions.find(({ stream }) => stream === 'quiet')?.offset;
  await applyLedger(pool, { stream: 'quiet', partition: 0, lines: [], lastOffset: 9 });
  expect(await position()).toBe(9);
  await applyLedger(pool, { stream: 'quiet', partition: 0, lines: [stored('site_n', 4)], lastOffset: 4 });
  expect(await position()).toBe(9);
  expect(await readCounts('site_n')).toEqual({});
});

test('counts and positions are of one moment, while others count on', async () => {
  const stream = 'moving';
  let done = false;
  const counting = (async () => {
    for (let offset = 0; offset < 60; offset += 1) {
      await applyLedger(pool, {
        stream,
        partition: 0,
        lines: [stored('site_m', offset)],
        lastOffset: offset,
      });
    }
    done = true;
  })();
  while (!done) {
    const { counts, positions } = await readLedger(pool, always('site_m'));
    const offset = positions.find((position) => position.stream === stream)?.offset ?? -1;
    expect(counts.get('stored') ?? 0).toBe(offset + 1);
  }
  await counting;
  expect(await readCounts('site_m')).toEqual({ stored: 60 });
});
