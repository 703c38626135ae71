import { ATTO_PLACES, decimalText, roundedQuotient, toMicros } from './money.ts';
import type { Amounts, CountPart, Counts, MoneyPart, Part } from './part.ts';
import { roundedRatio } from './ratio.ts';

/**
 * Of which question the denominator of a ratio is: of the group itself, of the same query with something left out, or (`page`) of
 * the events on the page that the group's visits end on.
 */
export type Basis = 'group' | 'total' | 'groupWithoutGoal' | 'totalWithoutGoal' | 'page';

/** Amounts of a group in the site's currency, in units of 10^-18; parts that count events are plain numbers. */
export type Money = Amounts & {
  /** Part of it was converted from another currency: such sums are rounded when they are shown. */
  converted: boolean;
};

/** Everything that a group's metrics are made of. */
export type Sums = { counts: Counts; money: Money };

/** A whole number, a rounded ratio, a decimal text of money, or null where there is nothing to divide by. */
export type MetricValue = number | string | null;

/**
 * What a merchant can measure, as data: which additive parts a metric needs and how it is made of them, once, at the
 * very end. Adding a metric is a row and its test; SQL, the API's description and the docs page are made from it.
 */
type MetricRow = {
  label: string;
  unit: 'count' | 'ratio' | 'percent' | 'seconds' | 'money';
  /** For merchants: what it means, how it is rounded. */
  meaning: string;
} & (
  | { kind: 'count'; part: CountPart }
  | {
      kind: 'ratio';
      numerator: CountPart;
      denominator: CountPart;
      /** Default `group`. */
      of?: Basis;
      /** The ratio is multiplied by this fraction. */
      factor?: readonly [number, number];
      places: number;
    }
  | { kind: 'money'; plus: MoneyPart; minus?: MoneyPart }
  | { kind: 'meanMoney'; amount: MoneyPart; per: MoneyPart; places: number }
);

const PERCENT = [100, 1] as const;
const SECONDS = [1, 1000] as const;

export const METRICS = {
  visitors: {
    label: 'Visitors',
    unit: 'count',
    meaning: 'Visitors with an event; each counts once a day.',
    kind: 'count',
    part: 'visitors',
  },
  visits: {
    label: 'Visits',
    unit: 'count',
    meaning: 'Visits: a pause of more than 30 minutes, or midnight, begins the next.',
    kind: 'count',
    part: 'visits',
  },
  pageviews: {
    label: 'Pageviews',
    unit: 'count',
    meaning: 'Pages seen.',
    kind: 'count',
    part: 'pageviews',
  },
  events: {
    label: 'Events',
    unit: 'count',
    meaning: 'Pageviews and all other events but engagement.',
    kind: 'count',
    part: 'events',
  },
  views_per_visit: {
    label: 'Views per visit',
    unit: 'ratio',
    meaning: 'Pageviews divided by visits, to 2 places.',
    kind: 'ratio',
    numerator: 'pageviews',
    denominator: 'visits',
    places: 2,
  },
  bounce_rate: {
    label: 'Bounce rate',
    unit: 'percent',
    meaning: 'Share of visits with one pageview and no other interactive event, in whole percent.',
    kind: 'ratio',
    numerator: 'bounces',
    denominator: 'visits',
    factor: PERCENT,
    places: 0,
  },
  visit_duration: {
    label: 'Visit duration',
    unit: 'seconds',
    meaning:
      'Mean time from first to last event of a visit, in whole seconds; visits with one event count as 0.',
    kind: 'ratio',
    numerator: 'durationMs',
    denominator: 'visits',
    factor: SECONDS,
    places: 0,
  },
  scroll_depth: {
    label: 'Scroll depth',
    unit: 'percent',
    meaning: 'Mean of the largest scroll depth of each visit on each page, in whole percent.',
    kind: 'ratio',
    numerator: 'scrollSum',
    denominator: 'scrolled',
    factor: [1, 100],
    places: 0,
  },
  time_on_page: {
    label: 'Time on page',
    unit: 'seconds',
    meaning: 'Mean engaged time of each visit on each page, in whole seconds.',
    kind: 'ratio',
    numerator: 'engagedMs',
    denominator: 'engaged',
    factor: SECONDS,
    places: 0,
  },
  exit_rate: {
    label: 'Exit rate',
    unit: 'percent',
    meaning: 'Visits that end on the page divided by pageviews of the page, in percent to 1 place.',
    kind: 'ratio',
    numerator: 'exits',
    denominator: 'pageviews',
    of: 'page',
    factor: PERCENT,
    places: 1,
  },
  percentage: {
    label: 'Share of visitors',
    unit: 'percent',
    meaning:
      'Visitors of the group divided by visitors of the same query without dimensions, in percent to 1 place.',
    kind: 'ratio',
    numerator: 'visitors',
    denominator: 'visitors',
    of: 'total',
    factor: PERCENT,
    places: 1,
  },
  conversion_rate: {
    label: 'Conversion rate',
    unit: 'percent',
    meaning:
      'Visitors who reached the goal divided by visitors of the same query without goal and dimensions, in percent to 2 places.',
    kind: 'ratio',
    numerator: 'visitors',
    denominator: 'visitors',
    of: 'totalWithoutGoal',
    factor: PERCENT,
    places: 2,
  },
  group_conversion_rate: {
    label: 'Conversion rate of the group',
    unit: 'percent',
    meaning:
      'Visitors of the group who reached the goal divided by visitors of the group, in percent to 2 places.',
    kind: 'ratio',
    numerator: 'visitors',
    denominator: 'visitors',
    of: 'groupWithoutGoal',
    factor: PERCENT,
    places: 2,
  },
  total_revenue: {
    label: 'Revenue',
    unit: 'money',
    meaning: 'Amounts of all events but refunds, in the currency of the site.',
    kind: 'money',
    plus: 'revenue',
  },
  average_revenue: {
    label: 'Average revenue',
    unit: 'money',
    meaning: 'Revenue divided by the number of events with an amount, to 2 places.',
    kind: 'meanMoney',
    amount: 'revenue',
    per: 'revenueEvents',
    places: 2,
  },
  orders: {
    label: 'Orders',
    unit: 'count',
    meaning:
      'Purchases. Each order number counts once in a site; a purchase without one is an order of its own.',
    kind: 'count',
    part: 'orders',
  },
  items_sold: {
    label: 'Items sold',
    unit: 'count',
    meaning: 'Pieces in purchases.',
    kind: 'count',
    part: 'itemsSold',
  },
  refunded_revenue: {
    label: 'Refunds',
    unit: 'money',
    meaning: 'Amounts of refunds, on the day of the refund.',
    kind: 'money',
    plus: 'refunded',
  },
  net_revenue: {
    label: 'Net revenue',
    unit: 'money',
    meaning: 'Revenue less refunds.',
    kind: 'money',
    plus: 'revenue',
    minus: 'refunded',
  },
} as const satisfies Record<string, MetricRow>;

export type MetricName = keyof typeof METRICS;

export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

const metricRow = (metric: MetricName): MetricRow => METRICS[metric];

/** On which question a metric's denominator rests. */
export function metricBasis(metric: MetricName): Basis {
  const row = metricRow(metric);
  return row.kind === 'ratio' ? (row.of ?? 'group') : 'group';
}

/** The part that is all of a metric, so that sums of it order groups as the metric does; null for ratios. */
export function summedPart(metric: MetricName): Part | null {
  const row = metricRow(metric);
  if (row.kind === 'count') return row.part;
  return row.kind === 'money' ? row.plus : null;
}

/** Whether a metric only makes sense of a query with a goal. */
export function needsGoal(metric: MetricName): boolean {
  return metricBasis(metric).endsWith('WithoutGoal');
}

/** The parts that a metric needs of the question of a basis; `group` is the query itself. */
export function requiredParts(metric: MetricName, basis: Basis): Part[] {
  const row = metricRow(metric);
  if (row.kind === 'ratio') {
    const numerator = basis === 'group' ? [row.numerator] : [];
    return basis === (row.of ?? 'group') ? [...numerator, row.denominator] : numerator;
  }
  if (basis !== 'group') return [];
  if (row.kind === 'count') return [row.part];
  if (row.kind === 'meanMoney') return [row.amount, row.per];
  return row.minus === undefined ? [row.plus] : [row.plus, row.minus];
}

/** Money as decimal text: exact with at least the currency's digits, rounded to them where a part of it was converted. */
function moneyText(amount: bigint, { converted }: Money, digits: number): string {
  if (!converted) return decimalText(amount, ATTO_PLACES, digits);
  return decimalText(roundedQuotient(amount, 10n ** BigInt(ATTO_PLACES - digits)), digits, digits);
}

/**
 * The metric's value. `basis` are the sums of the question that {@link metricBasis} names (the group's own for `group`), `digits`
 * the places of the site's currency.
 */
export function metricValue(
  metric: MetricName,
  { group, basis, digits }: { group: Sums; basis: Sums; digits: number },
): MetricValue {
  const row = metricRow(metric);
  const { counts, money } = group;
  switch (row.kind) {
    case 'count':
      return counts[row.part];
    case 'ratio':
      return roundedRatio(counts[row.numerator], basis.counts[row.denominator], row);
    case 'money':
      return moneyText(money[row.plus] - (row.minus === undefined ? 0n : money[row.minus]), money, digits);
    case 'meanMoney': {
      if (money[row.per] === 0n) return null;
      const unit = 10n ** BigInt(ATTO_PLACES - row.places);
      return decimalText(roundedQuotient(money[row.amount], money[row.per] * unit), row.places, row.places);
    }
  }
}

/** A value as a whole number of millionths, so that values of any kind are compared exactly. */
export function valueInMicros(value: number | string): bigint {
  if (typeof value === 'number') return BigInt(Math.round(value * 100)) * 10_000n;
  return toMicros(value);
}

/** Change in whole percent, half away from zero: 0 → 0 is 0, 0 → n is 100; null where either value is missing. */
export function percentChange(now: MetricValue, then: MetricValue): number | null {
  if (now === null || then === null) return null;
  const [after, before] = [valueInMicros(now), valueInMicros(then)];
  if (before === 0n) return after === 0n ? 0 : 100;
  return Number(roundedQuotient((after - before) * 100n, before));
}
