import { buildLedger } from '@footfall/core/ledger';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumPending } from './ledger.ts';

const tallies = [
  new Map([
    ['2026-11-22', 3],
    ['2026-11-23', 5],
  ]),
  new Map([['2026-11-23', 2]]),
];

describe('what waits in the log', () => {
  it.each([
    [null, null, 10],
    ['2026-11-23', null, 7],
    [null, '2026-11-22', 3],
    ['2026-11-22', '2026-11-23', 10],
    ['2026-11-24', null, 0],
  ])('from %s to %s is %d', (from, to, pending) => expect(sumPending(tallies, { from, to })).toBe(pending));

  it('adds up with what was counted, whatever was counted', () => {
    const outcome = fc.constantFrom('stored', 'duplicate', 'bot', 'rejected:invalid_url', 'rejected:too_old');
    fc.assert(
      fc.property(fc.dictionary(outcome, fc.nat(1e6)), (counts) => {
        const ledger = buildLedger(
          new Map(Object.entries(counts)),
          sumPending(tallies, { from: null, to: null }),
        );
        const rejected = Object.values(ledger.rejected).reduce((sum, count) => sum + count, 0);
        expect(ledger.received).toBe(ledger.stored + ledger.duplicate + rejected + ledger.pending);
      }),
    );
  });
});
