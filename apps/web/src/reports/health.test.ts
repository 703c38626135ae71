import { buildLedger } from '@footfall/core/ledger';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupCuts, sumLedgers } from './health.ts';

const counts = fc.dictionary(
  fc.constantFrom('stored', 'bot', 'removed', 'duplicate', 'rejected:invalid_url', 'rejected:too_old'),
  fc.integer({ min: 1, max: 99 }),
);

test('the ledger of several days adds up as each of them does, reason by reason', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(counts, fc.nat(9)), { maxLength: 6 }), (days) => {
      const ledgers = days.map(([own, pending]) => buildLedger(new Map(Object.entries(own)), pending));
      const sum = (name: string) => days.reduce((total, [own]) => total + (own[name] ?? 0), 0);
      const total = sumLedgers(ledgers);
      const rejected = sum('rejected:invalid_url') + sum('rejected:too_old');
      expect(total.received).toBe(total.stored + total.duplicate + rejected + total.pending);
      expect(total).toMatchObject({ stored: sum('stored'), bots: sum('bot'), duplicate: sum('duplicate') });
      expect(total.removed ?? 0).toBe(sum('removed'));
      expect(total.rejected.too_old ?? 0).toBe(sum('rejected:too_old'));
      expect(total.pending).toBe(days.reduce((waiting, [, pending]) => waiting + pending, 0));
    }),
  );
});

test('values that were cut are told by dimension: on how many days, and of the latest how many', () => {
  const cut = (day: string, dimension: string, count: number) =>
    ({ day, kind: 'values', dimension, count }) as const;
  const limits = [
    cut('2026-05-03', 'event:page', 7),
    cut('2026-05-01', 'event:page', 9),
    cut('2026-05-02', 'visit:source', 1),
    { day: '2026-05-04', kind: 'sealing', dimension: '', count: 700 } as const,
  ];
  expect(groupCuts(limits)).toEqual([
    { dimension: 'event:page', days: 2, lastDay: '2026-05-03', values: 7 },
    { dimension: 'visit:source', days: 1, lastDay: '2026-05-02', values: 1 },
  ]);
});
