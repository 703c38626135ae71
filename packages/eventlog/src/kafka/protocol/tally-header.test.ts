import { expect, test } from 'vitest';
import { batchesIn, encodeBatch, stampBatch, visitRecords } from './record-batch.ts';
import { dayFor, tallyHeaders } from './tally-header.ts';

const record = (tally?: { siteId: string; day: string }) => ({
  key: 'k',
  value: '{}',
  timestamp: 0,
  headers: tallyHeaders(tally),
});

test('a record tells the day to the ledger of its own site only', () => {
  const bytes = encodeBatch(
    [
      record({ siteId: 'a', day: '2026-01-07' }),
      record({ siteId: 'b', day: '2026-01-08' }),
      record(),
      record({ siteId: 'shop-ä', day: '2026-01-09' }),
    ],
    'none',
  );
  stampBatch(bytes, { producerId: 1n, producerEpoch: 0, sequence: 0 });
  const days = (siteId: string) => {
    const seen: (string | undefined)[] = [];
    for (const batch of batchesIn(bytes)) visitRecords(batch, 0, (one) => seen.push(dayFor(siteId, one)));
    return seen;
  };
  expect(days('a')).toEqual(['2026-01-07', undefined, undefined, undefined]);
  expect(days('shop-ä')).toEqual([undefined, undefined, undefined, '2026-01-09']);
  expect(days('')).toEqual([undefined, undefined, undefined, undefined]);
});

test('headers that a later version adds change nothing for the ledger', () => {
  const headers = tallyHeaders({ siteId: 'a', day: '2026-01-07' });
  const bytes = encodeBatch([{ ...record(), headers: [['later', 'x'], ...headers, ['more', '']] }], 'none');
  stampBatch(bytes, { producerId: 1n, producerEpoch: 0, sequence: 0 });
  const seen: unknown[] = [];
  for (const batch of batchesIn(bytes))
    visitRecords(batch, 0, (one) => seen.push([dayFor('a', one), dayFor('b', one)]));
  expect(seen).toEqual([['2026-01-07', undefined]]);
});
