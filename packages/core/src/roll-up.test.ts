import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FACT_COLUMNS, type FactColumn, NONE } from './dimension.ts';
import type { EventFact, FactItem } from './fact.ts';
import { addCounts, type Counts, zeroCounts } from './part.ts';
import { DayRollUp, ROLL_UP_ALL, ROLL_UP_HOUR, type RollUpDimension } from './roll-up.ts';

const HOUR = 3_600_000;
const DIMENSIONS_OF_NOBODY = Object.fromEntries(FACT_COLUMNS.map((column) => [column, NONE])) as Record<
  FactColumn,
  string
>;

const fact = (more: Partial<EventFact> = {}): EventFact => ({
  ...DIMENSIONS_OF_NOBODY,
  eventId: 'e',
  name: 'pageview',
  page: '/a',
  bot: 'false',
  at: 0,
  hour: 0,
  visit: 0,
  visitHour: 0,
  visitDurationMs: 0,
  visitBounced: false,
  exit: false,
  props: {},
  scroll: null,
  engagedMs: null,
  amount: null,
  currency: '',
  items: [],
  ...more,
});

const item = (more: Partial<FactItem> = {}): FactItem => ({
  sku: 'S',
  name: NONE,
  category: NONE,
  price: '0',
  quantity: 1,
  ...more,
});

const rollUpDays = (...visitorDays: EventFact[][]): DayRollUp => {
  const total = new DayRollUp();
  for (const one of visitorDays) total.add(one);
  return total;
};

function countsIn(total: DayRollUp, dimension: RollUpDimension, value: string): Partial<Counts> | undefined {
  const found = total.rows().find((row) => row.dimension === dimension && row.value === value);
  return found && Object.fromEntries(Object.entries(found.counts).filter(([, count]) => count !== 0));
}

const amountsIn = (total: DayRollUp, dimension: RollUpDimension) =>
  total
    .moneyRows()
    .filter((row) => row.dimension === dimension)
    .map(({ value, currency, amounts }) => [value, currency, amounts]);

describe('roll-ups of a day', () => {
  test('count a visit once in each page that it saw, and its visitor once in each source', () => {
    const visit = { visitDurationMs: 500, visitBounced: false };
    const total = rollUpDays(
      [
        fact({ ...visit, source: 'Google' }),
        fact({ ...visit, source: 'Google', page: '/b' }),
        fact({ ...visit, source: 'Google', exit: true }),
        fact({ source: 'Google', visit: 1, visitBounced: true, exit: true }),
        fact({ source: 'Bing', visit: 2, visitBounced: true, exit: true }),
      ],
      [fact({ source: 'Bing' })],
    );
    expect(countsIn(total, 'event:page', '/a')).toEqual({
      visitors: 2,
      pageviews: 5,
      events: 5,
      exits: 3,
      visits: 4,
      bounces: 2,
      durationMs: 500,
    });
    expect(countsIn(total, 'visit:source', 'Google')).toMatchObject({ visitors: 1, visits: 2, events: 4 });
    expect(countsIn(total, 'visit:source', 'Bing')).toMatchObject({ visitors: 2, visits: 2, events: 2 });
    expect(countsIn(total, ROLL_UP_ALL, ROLL_UP_ALL)).toMatchObject({ visitors: 2, visits: 4, events: 6 });
  });

  test('count events in their hour, visits in the one they start in', () => {
    const total = rollUpDays([fact(), fact({ hour: HOUR }), fact({ hour: HOUR })]);
    expect(countsIn(total, ROLL_UP_HOUR, '0')).toEqual({ visitors: 1, pageviews: 1, events: 1, visits: 1 });
    expect(countsIn(total, ROLL_UP_HOUR, String(HOUR))).toEqual({ visitors: 1, pageviews: 2, events: 2 });
  });

  test('leave bots out', () => {
    expect(rollUpDays([fact({ bot: 'true' })]).rows()).toEqual([]);
  });

  test('take of engagement the largest depth and all of the time of a page in a visit, and no event', () => {
    const engagement = (more: Partial<EventFact>) => fact({ name: 'engagement', ...more });
    const total = rollUpDays([
      fact(),
      engagement({ scroll: 2_000, engagedMs: 10 }),
      engagement({ scroll: 1_000, engagedMs: 5 }),
      engagement({ page: '/b', scroll: 700 }),
      fact({ visit: 1 }),
      engagement({ visit: 1, engagedMs: 1 }),
    ]);
    expect(countsIn(total, ROLL_UP_ALL, ROLL_UP_ALL)).toEqual({
      visitors: 1,
      pageviews: 2,
      events: 2,
      visits: 2,
      scrollSum: 2_700,
      scrolled: 2,
      engagedMs: 16,
      engaged: 2,
    });
    expect(countsIn(total, 'event:page', '/b')).toEqual({ scrollSum: 700, scrolled: 1 });
  });

  test('keep amounts by currency, exactly, refunds apart', () => {
    const total = rollUpDays([
      fact({ name: 'purchase', amount: '0.1', currency: 'EUR' }),
      fact({ name: 'donation', amount: '999999999999999.999999', currency: 'EUR' }),
      fact({ name: 'refund', amount: '5', currency: 'USD' }),
      fact({ amount: null }),
    ]);
    expect(amountsIn(total, ROLL_UP_ALL)).toEqual([
      [ROLL_UP_ALL, 'EUR', { revenue: 1_000_000_000_000_000_099_999n, refunded: 0n, revenueEvents: 2n }],
      [ROLL_UP_ALL, 'USD', { revenue: 0n, refunded: 5_000_000n, revenueEvents: 0n }],
    ]);
  });

  test('count an event once in each product it carries, with the worth and pieces of its lines there', () => {
    const items = [
      item({ sku: 'S1', price: '2.5', quantity: 2 }),
      item({ sku: 'S2', price: '0.000001', quantity: 3 }),
      item({ sku: 'S1', price: '1', quantity: 1 }),
    ];
    const total = rollUpDays([
      fact({ name: 'purchase', items, amount: '100' }),
      fact({ name: 'view_item', items: [item({ sku: 'S2', price: '9' })] }),
      fact({ name: 'refund', items: [item({ sku: 'S2', price: '4', quantity: 2 })], amount: '8' }),
    ]);
    expect(countsIn(total, 'item:sku', 'S1')).toEqual({
      visitors: 1,
      events: 1,
      orders: 1,
      itemsSold: 3,
      visits: 1,
    });
    expect(countsIn(total, 'item:sku', 'S2')).toMatchObject({ events: 3, itemsSold: 3, visits: 1 });
    expect(countsIn(total, ROLL_UP_ALL, ROLL_UP_ALL)).toMatchObject({ orders: 1, itemsSold: 6 });
    expect(amountsIn(total, 'item:sku')).toEqual([
      ['S1', '', { revenue: 6_000_000n, refunded: 0n, revenueEvents: 1n }],
      ['S2', '', { revenue: 3n, refunded: 8_000_000n, revenueEvents: 1n }],
    ]);
  });

  const visitorDay = fc
    .array(
      fc.record({ visit: fc.nat(3), source: fc.constantFrom('A', 'B'), page: fc.constantFrom('/a', '/b') }),
    )
    .map((facts) => facts.map((one) => fact({ ...one, source: `${one.source}${one.visit % 2}` })));

  test('add up to the whole day over the values of every dimension of visits, but for visitors', () => {
    fc.assert(
      fc.property(fc.array(visitorDay), (days) => {
        const ofVisits = days.map((own) =>
          own.map((one) => ({ ...one, source: own.find(({ visit }) => visit === one.visit)?.source ?? '' })),
        );
        const rows = rollUpDays(...ofVisits).rows();
        const sumRows = (dimension: RollUpDimension) =>
          rows
            .filter((row) => row.dimension === dimension)
            .reduce((sum, { counts }) => addCounts(sum, { ...counts, visitors: 0 }), zeroCounts());
        expect(sumRows('visit:source')).toEqual(sumRows(ROLL_UP_ALL));
      }),
    );
  });

  test('are the sum of those of any two parts of its visitors', () => {
    fc.assert(
      fc.property(fc.array(visitorDay), fc.array(visitorDay), (some, others) => {
        const sum = new Map<string, Counts>();
        for (const { dimension, value, counts } of [rollUpDays(...some), rollUpDays(...others)].flatMap(
          (of) => of.rows(),
        )) {
          const key = `${dimension} ${value}`;
          sum.set(key, addCounts(sum.get(key) ?? zeroCounts(), counts));
        }
        const whole = rollUpDays(...some, ...others).rows();
        expect(
          new Map(whole.map(({ dimension, value, counts }) => [`${dimension} ${value}`, counts])),
        ).toEqual(sum);
      }),
    );
  });

  const manyValues = fc.array(
    fc.array(
      fc.record({
        visit: fc.nat(2),
        page: fc.integer({ min: 0, max: 30 }).map((n) => (n === 0 ? '(other)' : `/p${n}`)),
        amount: fc.constantFrom(null, '1.5'),
        currency: fc.constantFrom('', 'USD'),
      }),
      { maxLength: 12 },
    ),
    { maxLength: 8 },
  );

  test('keep the largest values of a dimension and the others as one, in any order of visitors: no sum changes', () => {
    const roll = (days: readonly (readonly Partial<EventFact>[])[], most?: number) => {
      const total = new DayRollUp(most);
      for (const day of days) total.add(day.map((own) => fact(own)));
      return { rows: total.rows(), money: total.moneyRows(), values: total.cutValues() };
    };
    fc.assert(
      fc.property(manyValues, fc.integer({ min: 1, max: 6 }), (days, most) => {
        const [whole, cut] = [roll(days), roll(days, most)];
        const sortRows = (rows: typeof cut.rows) => rows.map((row) => JSON.stringify(row)).sort();
        expect(sortRows(roll(days.toReversed(), most).rows)).toEqual(sortRows(cut.rows));
        for (const dimension of ['event:page', ROLL_UP_ALL, 'visit:source'] as const) {
          const own = (rows: typeof cut.rows) => rows.filter((row) => row.dimension === dimension);
          const sum = (rows: typeof cut.rows) =>
            own(rows).reduce((total, { counts }) => addCounts(total, counts), zeroCounts());
          expect(sum(cut.rows)).toEqual(sum(whole.rows));
          expect(own(cut.rows).length).toBeLessThanOrEqual(most + 1);
          const revenue = ({ money }: typeof cut, currency: string) =>
            money
              .filter((row) => row.dimension === dimension && row.currency === currency)
              .reduce((total, { amounts }) => total + amounts.revenue, 0n);
          for (const currency of ['', 'USD'])
            expect(revenue(cut, currency)).toEqual(revenue(whole, currency));
        }
        const pages = whole.rows.filter(({ dimension }) => dimension === 'event:page');
        const beyond = cut.values.filter(({ dimension }) => dimension === 'event:page');
        expect(beyond.map(({ values }) => values)).toEqual(pages.length > most ? [pages.length - most] : []);
        expect(whole.values).toEqual([]);
        const least = Math.min(
          ...cut.rows
            .filter(({ dimension, value }) => dimension === 'event:page' && value !== '(other)')
            .map(({ counts }) => counts.events),
        );
        const kept = new Set(
          cut.rows.filter(({ dimension }) => dimension === 'event:page').map(({ value }) => value),
        );
        for (const { value, counts } of pages)
          if (!kept.has(value)) expect(counts.events).toBeLessThanOrEqual(least);
      }),
    );
  });

  test('of a day with 80,000 made-up pages have 10,000 of them and one row for the rest', () => {
    const total = new DayRollUp();
    for (let n = 0; n < 80; n++)
      total.add(Array.from({ length: 1_000 }, (_, m) => fact({ eventId: `e${n}-${m}`, page: `/${n}/${m}` })));
    const pages = total.rows().filter(({ dimension }) => dimension === 'event:page');
    expect(pages).toHaveLength(10_001);
    expect(pages.find(({ value }) => value === '(other)')?.counts).toMatchObject({
      pageviews: 70_000,
      events: 70_000,
    });
    expect(pages.reduce((sum, { counts }) => sum + counts.pageviews, 0)).toBe(80_000);
  });
});
