import { addDays, listDays } from '@footfall/core/zone';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { putRates, readRates, setRates } from './exchange-rate.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());
beforeEach(() => plane.pool.query('TRUNCATE exchange_rate'));

const read = (currencies: string[], from: string, to = from) =>
  readRates(plane.pool, { currencies, from, to });

describe('exchange rates', () => {
  test('are answered as they were written, and a later one takes the place of an earlier', async () => {
    await setRates(plane.db, '2026-01-05', { USD: '1.0870', JPY: '170', EUR: '1.00' });
    await setRates(plane.db, '2026-01-05', { JPY: '171.5' });
    expect(await read(['USD', 'JPY', 'EUR', 'GBP'], '2026-01-05')).toEqual(
      new Map([
        ['2026-01-05 USD', '1.0870'],
        ['2026-01-05 JPY', '171.5'],
        ['2026-01-05 EUR', '1'],
      ]),
    );
  });

  test('stand for the seven days after, over the end of a year, and never for a day before', async () => {
    await setRates(plane.db, '2025-12-30', { USD: '1.1' });
    await setRates(plane.db, '2026-01-02', { USD: '1.2' });
    const days = await read(['USD'], '2025-12-28', '2026-01-12');
    expect(Object.fromEntries(days)).toEqual({
      ...Object.fromEntries(listDays('2025-12-30', '2026-01-01').map((day) => [`${day} USD`, '1.1'])),
      ...Object.fromEntries(listDays('2026-01-02', '2026-01-09').map((day) => [`${day} USD`, '1.2'])),
    });
  });

  test('read for any range are those of the latest day that is at most a week old', async () => {
    const START = '2026-03-01';
    const known = fc.dictionary(
      fc.integer({ min: 0, max: 40 }).map(String),
      fc.integer({ min: 1, max: 999 }),
    );
    const range = fc.tuple(fc.integer({ min: -5, max: 50 }), fc.integer({ min: 0, max: 20 }));
    await fc.assert(
      fc.asyncProperty(known, range, async (rates, [first, length]) => {
        await plane.pool.query('TRUNCATE exchange_rate');
        const rows = Object.entries(rates).map(([index, rate]) => ({
          day: addDays(START, Number(index)),
          currency: 'USD',
          perEuro: String(rate),
        }));
        await putRates(plane.db, rows);
        const days = listDays(addDays(START, first), addDays(START, first + length));
        const expected = days.flatMap((day) => {
          const usable = rows.filter((row) => row.day <= day && row.day >= addDays(day, -7));
          const latest = usable.toSorted((a, b) => (a.day < b.day ? -1 : 1)).at(-1);
          return latest === undefined ? [] : [[`${day} USD`, latest.perEuro] as const];
        });
        expect(await read(['USD'], addDays(START, first), addDays(START, first + length))).toEqual(
          new Map(expected),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('given twice for a day are those given last; two who keep the same at once both succeed', async () => {
    const rows = ['1.1', '1.2'].map((perEuro) => ({ day: '2026-01-05', currency: 'USD', perEuro }));
    await Promise.all([putRates(plane.db, rows), putRates(plane.db, rows), putRates(plane.db, [])]);
    expect(await read(['USD'], '2026-01-05')).toEqual(new Map([['2026-01-05 USD', '1.2']]));
  });

  test.each([
    [{ day: '2026-02-30' }, 'invalid_rate', 'day'],
    [{ day: '5 January' }, 'invalid_rate', 'day'],
    [{ currency: 'usd' }, 'unknown_currency', 'currency'],
    [{ currency: 'US' }, 'unknown_currency', 'currency'],
    [{ perEuro: '0' }, 'invalid_rate', 'rate'],
    [{ perEuro: '0.00' }, 'invalid_rate', 'rate'],
    [{ perEuro: '-1' }, 'invalid_rate', 'rate'],
    [{ perEuro: '1,08' }, 'invalid_rate', 'rate'],
    [{ perEuro: '1e3' }, 'invalid_rate', 'rate'],
    [{ perEuro: 'NaN' }, 'invalid_rate', 'rate'],
    [{ perEuro: '' }, 'invalid_rate', 'rate'],
    [{ perEuro: `0.${'0'.repeat(18)}1` }, 'invalid_rate', 'rate'],
    [{ currency: 'EUR', perEuro: '1.1' }, 'invalid_rate', 'rate'],
  ])('with %j are refused, and the good ones beside them are not kept: %s', async (wrong, code, where) => {
    const good = { day: '2026-01-05', currency: 'USD', perEuro: '1.1' };
    await expect(putRates(plane.db, [good, { ...good, ...wrong }])).rejects.toMatchObject({ code, where });
    expect(await read(['USD'], '2026-01-05')).toEqual(new Map());
  });
});
