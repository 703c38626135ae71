import { describe, expect, it } from 'vitest';
import { ledgerDays } from './ledger-days.ts';

const read = (query: string) => ledgerDays(new URLSearchParams(query));

describe('the days of a ledger', () => {
  it('are open where they are not given', () => {
    expect(read('')).toEqual({ from: null, to: null });
    expect(read('from=2026-11-01')).toEqual({ from: '2026-11-01', to: null });
  });

  it.each([
    ['from=2026-02-30', 'from'],
    ['from=', 'from'],
    ['from=2026-01-01&to=yesterday', 'to'],
    ['from=2026-01-02&to=2026-01-01', 'to'],
  ])('%s is refused, naming %s', (query, where) => {
    expect(() => read(query)).toThrow(
      expect.objectContaining({ code: 'invalid_parameter', status: 400, where }),
    );
  });
});
