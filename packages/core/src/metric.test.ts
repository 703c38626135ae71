import { describe, expect, test } from 'vitest';
import {
  METRIC_NAMES,
  METRICS,
  type MetricName,
  type Money,
  metricBasis,
  metricValue,
  needsGoal,
  percentChange,
  requiredParts,
} from './metric.ts';
import { toMicros } from './money.ts';
import { type Counts, zeroCounts } from './part.ts';

const ATTO = 10n ** 12n;
const sums = (counts: Partial<Counts>, money: Partial<Money> = {}) => ({
  counts: { ...zeroCounts(), ...counts },
  money: { revenue: 0n, refunded: 0n, revenueEvents: 0n, converted: false, ...money },
});
const value = (metric: MetricName, group: ReturnType<typeof sums>, basis = group, digits = 2) =>
  metricValue(metric, { group, basis, digits });
const euros = (amount: string) => toMicros(amount) * ATTO;

test.each([
  ['bounce_rate', { bounces: 1, visits: 8 }, 13],
  ['views_per_visit', { pageviews: 10, visits: 3 }, 3.33],
  ['visit_duration', { durationMs: 1_500, visits: 1 }, 2],
  ['scroll_depth', { scrollSum: 5_050, scrolled: 1 }, 51],
  ['time_on_page', { engagedMs: 2_499, engaged: 1 }, 2],
  ['exit_rate', { exits: 1, pageviews: 3 }, 33.3],
] as const)('%s of %j is %d, and null of nothing', (metric, counts, expected) => {
  expect(value(metric, sums(counts))).toBe(expected);
  expect(value(metric, sums({}))).toBeNull();
});

test.each([
  ['percentage', 'total', 66.7],
  ['conversion_rate', 'totalWithoutGoal', 66.67],
  ['group_conversion_rate', 'groupWithoutGoal', 66.67],
] as const)('%s divides by the visitors of %s', (metric, basis, expected) => {
  expect(metricBasis(metric)).toBe(basis);
  expect(requiredParts(metric, basis)).toEqual(['visitors']);
  expect(requiredParts(metric, 'group')).toEqual(['visitors']);
  expect(value(metric, sums({ visitors: 2 }), sums({ visitors: 3 }))).toBe(expected);
});

test('what divides by visitors without the goal needs a goal', () => {
  expect(METRIC_NAMES.filter(needsGoal)).toEqual(['conversion_rate', 'group_conversion_rate']);
});

test('every metric says what it means, and has parts to be made of', () => {
  for (const metric of METRIC_NAMES) {
    expect(METRICS[metric].meaning).toMatch(/^[A-Z].*\.$/);
    expect(requiredParts(metric, 'group').length).toBeGreaterThan(0);
  }
});

describe('money', () => {
  const shop = sums({}, { revenue: euros('20.005'), refunded: euros('25'), revenueEvents: 3n });

  test.each([
    ['total_revenue', '20.005'],
    ['refunded_revenue', '25.00'],
    ['net_revenue', '-4.995'],
    ['average_revenue', '6.67'],
  ] as const)('%s is exact: %s', (metric, expected) => {
    expect(value(metric, shop)).toBe(expected);
  });

  test('what was converted is rounded to the digits of the currency, half away from zero', () => {
    const converted = sums({}, { revenue: euros('1.005'), refunded: euros('2.01'), converted: true });
    expect(value('total_revenue', converted)).toBe('1.01');
    expect(value('net_revenue', converted)).toBe('-1.01');
    expect(value('total_revenue', converted, converted, 0)).toBe('1');
  });

  test('nothing is 0.00, and has no average', () => {
    expect(value('total_revenue', sums({}))).toBe('0.00');
    expect(value('total_revenue', sums({}), sums({}), 0)).toBe('0');
    expect(value('average_revenue', sums({}))).toBeNull();
  });
});

test.each([
  [1, 3, -67],
  [4, 0, 100],
  [0, 0, 0],
  [0, 4, -100],
  [2.5, 2, 25],
  [201, 200, 1],
  ['20.00', '15.00', 33],
  ['0.00', '0.00', 0],
  [null, 1, null],
  [1, null, null],
] as const)('the change from %s with %s before is %s', (now, then, change) => {
  expect(percentChange(now, then)).toBe(change);
});
