import type { Outcome } from '@footfall/core/ledger';
import { localDay } from '@footfall/core/zone';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { inTenant } from '../tenant/scope.ts';
import { createTenant } from '../tenant/tenant.ts';
import { applyLedger, type LedgerLine } from './ledger.ts';
import { countRemoved } from './removed.ts';
import { sumHours } from './usage-hour.ts';

let plane: ControlPlane;
const sites: string[] = [];
let tenantId: string;
beforeAll(async () => {
  plane = await freshControlPlane();
  const owner = { name: 'Shop', email: 'a@shop.example', password: 'correct horse' };
  ({ tenantId } = await createTenant(plane.db, owner));
  for (const domain of ['a.example', 'b.example'])
    sites.push((await inTenant(plane.db, tenantId).sites.create({ domain, actor: 'cli' })).id);
});
afterAll(() => plane.drop());

const NOON = Date.parse('2026-01-31T12:00:00Z');
const MINUTE = 60_000;

// Half an hour off, so that hours of UTC lie on two of its days.
const ZONES = ['Asia/Kolkata', 'America/St_Johns'] as const;

type Event = { site: number; minute: number; outcomes: Outcome[] };
const arbitraryEvents = fc.array(
  fc.record<Event>({
    site: fc.nat(1),
    minute: fc.nat(3_000),
    outcomes: fc.constantFrom<Outcome[]>(
      ['stored'],
      ['stored', 'bot'],
      ['duplicate'],
      ['rejected:invalid_url'],
    ),
  }),
  { minLength: 1, maxLength: 40 },
);
const arbitraryRanges = fc.array(fc.record({ back: fc.nat(30), length: fc.integer({ min: 1, max: 15 }) }), {
  maxLength: 8,
});

const linesAt = (offset: number, { site, minute, outcomes }: Event): LedgerLine[] => {
  const receivedAt = NOON + minute * MINUTE;
  const day = localDay(ZONES[site] ?? 'UTC', receivedAt);
  return outcomes.map((outcome) => ({ offset, siteId: sites[site] ?? '', day, outcome, receivedAt }));
};

/** By site and local day: what the ledger has counted of people, and what the hours have. */
async function readBoth() {
  const ledger = `SELECT site_id, day, sum(CASE outcome WHEN 'stored' THEN count WHEN 'bot' THEN -count ELSE 0 END)::int AS events
    FROM ledger_day GROUP BY 1, 2`;
  const hours = 'SELECT site_id, day, sum(events)::int AS events FROM usage_hour GROUP BY 1, 2';
  const read = async (text: string) =>
    (await plane.pool.query<{ events: number }>(`SELECT * FROM (${text}) x WHERE events <> 0 ORDER BY 1, 2`))
      .rows;
  return { ledger: await read(ledger), hours: await read(hours) };
}

let runs = 0;

test('the hours add up to the ledger, however stretches of two partitions are cut, redelivered and mixed', async () => {
  let people = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryEvents, arbitraryRanges, arbitraryRanges, async (events, ...ranges) => {
      runs += 1;
      const stream = `hours_${runs}`;
      await Promise.all(
        ranges.map(async (deliveries, partition) => {
          let end = 0;
          for (const { back, length } of deliveries) {
            const from = Math.max(0, end - back);
            const to = Math.min(events.length, from + length);
            if (to === from) continue;
            const lines = events.slice(from, to).flatMap((event, index) => linesAt(from + index, event));
            await applyLedger(plane.pool, { stream, partition, lines, lastOffset: to - 1 });
            end = Math.max(end, to);
          }
          for (const { outcomes } of events.slice(0, end)) if (outcomes.join() === 'stored') people += 1;
        }),
      );
      const { ledger, hours } = await readBoth();
      expect(hours).toEqual(ledger);
      expect(hours.reduce((sum, row) => sum + row.events, 0)).toBe(people);
    }),
    { numRuns: 25 },
  );
});

test('a transaction that fails counts in neither, and a batch that comes again in both', async () => {
  const before = await readBoth();
  const entry = {
    stream: 'dies',
    partition: 0,
    lines: linesAt(0, { site: 0, minute: 5, outcomes: ['stored'] }),
  };
  // The position is written last: a number that it cannot be ends the transaction when all else is done.
  await expect(applyLedger(plane.pool, { ...entry, lastOffset: 2 ** 70 })).rejects.toThrow();
  expect(await readBoth()).toEqual(before);
  await applyLedger(plane.pool, { ...entry, lastOffset: 0 });
  const after = await readBoth();
  expect(after).not.toEqual(before);
  expect(after.hours).toEqual(after.ledger);
});

test('events that are taken out later stay counted, and a site that is deleted leaves its hours', async () => {
  const { hours } = await readBoth();
  const client = await plane.pool.connect();
  await countRemoved(client, sites[0] ?? '', [
    { day: '2026-01-31', month: '2026-01', events: 1, counted: 1 },
  ]);
  client.release();
  expect((await readBoth()).hours).toEqual(hours);
  await plane.pool.query('DELETE FROM site WHERE id = $1', [sites[0]]);
  expect((await readBoth()).hours).toEqual(hours);
});

test('what has no time of receipt, and what is no stored event of people, counts for nothing', () => {
  const line = { offset: 0, siteId: 's', day: '2026-01-31' };
  const receivedAt = NOON + 59 * MINUTE;
  expect(
    sumHours([
      { ...line, outcome: 'stored' },
      { ...line, outcome: 'duplicate', receivedAt },
      { ...line, outcome: 'removed', receivedAt },
      { ...line, outcome: 'stored', receivedAt },
      { ...line, offset: 1, outcome: 'stored', receivedAt },
      { ...line, offset: 1, outcome: 'bot', receivedAt },
    ]),
  ).toEqual([{ siteId: 's', day: line.day, hour: NOON, events: 1 }]);
});
