import { localMoment } from './calendar.fixture.ts';
import { decimal, type Fraction, minus, NOTHING, over, plus, rounded, times } from './money.fixture.ts';
import type { Placed } from './visits.fixture.ts';

/** What one group of an answer is made of. `events` in it, `visits` in it, and the engagement in it. */
export type Group = {
  events: readonly Placed[];
  visits: readonly Placed[];
  engagement: readonly Placed[];
  /** The item values that the group is of: only these items of its events count. */
  items: Readonly<Partial<Record<'sku' | 'name' | 'category', string>>>;
};

export const EMPTY: Group = { events: [], visits: [], engagement: [], items: {} };

/** What ratios are of, and what money is worth. */
export type Basis = {
  total: Group;
  totalWithoutGoal: Group;
  groupWithoutGoal: Group;
  /** Events on the page that the group's visits end on; of a group that is not of such a page, its own. */
  page: Group;
  zone: string;
  currency: string;
  /** What one euro buys on a day; undefined where nobody said. */
  perEuro: (day: string, currency: string) => string | undefined;
  /** Told of each currency whose amounts are left out. */
  leftOut: (currency: string) => void;
};

export type Value = number | string | null;

const distinct = (texts: readonly string[]) => new Set(texts).size;
const visitors = ({ events }: Group) => distinct(events.map(({ visitor }) => visitor));
const distinctVisits = ({ visits }: Group) => [
  ...new Map(visits.map(({ visit }) => [visit.key, visit])).values(),
];
const named = ({ events }: Group, name: string) => events.filter(({ event }) => event.name === name);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** A ratio of whole numbers, half away from zero; no binary fraction decides. */
function ratio(above: number, below: number, places: number): number | null {
  return below === 0 ? null : Number(rounded(over([BigInt(above), 1n], [BigInt(below), 1n]), places));
}

function pairs(group: Group): Placed[][] {
  return [...Map.groupBy(group.engagement, ({ visit, event }) => `${visit.key} ${event.page}`).values()];
}

function scrollDepth(group: Group): number | null {
  const deepest = pairs(group)
    .map((pair) => pair.flatMap(({ event }) => event.scroll ?? []))
    .filter((scrolls) => scrolls.length > 0)
    .map((scrolls) => Math.round(Math.max(...scrolls) * 100));
  return ratio(sum(deepest), deepest.length * 100, 0);
}

function timeOnPage(group: Group): number | null {
  const spent = pairs(group)
    .map((pair) => pair.flatMap(({ event }) => event.engagedMs ?? []))
    .filter((times) => times.length > 0)
    .map(sum);
  return ratio(sum(spent), spent.length * 1000, 0);
}

const itemsIn = ({ event }: Placed, { items }: Group) =>
  (event.items ?? []).filter((item) =>
    Object.entries(items).every(
      ([field, value]) => (item[field as 'sku' | 'name' | 'category'] ?? '(none)') === value,
    ),
  );

const isByItem = ({ items }: Group) => Object.keys(items).length > 0;

/** What an amount is worth in the site's currency on the day of its event; null where nobody knows. */
function worth(row: Placed, amount: Fraction, basis: Basis): { amount: Fraction; converted: boolean } | null {
  const currency = row.event.revenue?.currency ?? basis.currency;
  if (currency === basis.currency) return { amount, converted: false };
  const { day } = localMoment(basis.zone, row.event.at);
  const [from, to] = [basis.perEuro(day, currency), basis.perEuro(day, basis.currency)];
  if (from === undefined || to === undefined) {
    basis.leftOut(currency);
    return null;
  }
  return { amount: over(times(amount, decimal(to)), decimal(from)), converted: true };
}

function linesWorth(row: Placed, group: Group): Fraction {
  return itemsIn(row, group).reduce(
    (total, { price, quantity }) => plus(total, times(decimal(price), [BigInt(quantity), 1n])),
    NOTHING,
  );
}

/** Revenue, refunds and the number of events with revenue of a group. */
function money(group: Group, basis: Basis) {
  const result = { revenue: NOTHING, refunded: NOTHING, count: 0, converted: false };
  for (const row of group.events) {
    const { name, revenue } = row.event;
    const refund = name === 'refund';
    const byItem = isByItem(group);
    if (revenue === undefined && !(byItem && (refund || name === 'purchase'))) continue;
    const own = byItem
      ? refund || name === 'purchase'
        ? linesWorth(row, group)
        : NOTHING
      : decimal(revenue?.amount ?? '0');
    const known = worth(row, own, basis);
    if (known === null) continue;
    if (refund) result.refunded = plus(result.refunded, known.amount);
    else result.revenue = plus(result.revenue, known.amount);
    if (!refund && revenue !== undefined) result.count += 1;
    result.converted ||= known.converted;
  }
  return result;
}

/** Exact with two places or more; two places where something was converted. */
function shown(amount: Fraction, converted: boolean): string {
  if (converted) return rounded(amount, 2);
  return rounded(amount, 6).replace(/(\.\d\d\d*?)0+$/, '$1');
}

const share = (group: Group, of: Group, places: number) => ratio(visitors(group) * 100, visitors(of), places);

/** Every metric, from the words of definitions.md. */
export const MEASURES: Readonly<Record<string, (group: Group, basis: Basis) => Value>> = {
  visitors,
  visits: (group) => distinctVisits(group).length,
  pageviews: (group) => named(group, 'pageview').length,
  events: ({ events }) => events.length,
  views_per_visit: (group) => ratio(named(group, 'pageview').length, distinctVisits(group).length, 2),
  bounce_rate: (group) =>
    ratio(
      distinctVisits(group).filter(({ bounced }) => bounced).length * 100,
      distinctVisits(group).length,
      0,
    ),
  visit_duration: (group) =>
    ratio(
      Math.round(sum(distinctVisits(group).map(({ seconds }) => seconds)) * 1000),
      distinctVisits(group).length * 1000,
      0,
    ),
  scroll_depth: scrollDepth,
  time_on_page: timeOnPage,
  exit_rate: (group, { page }) =>
    ratio(
      group.events.filter(({ event, visit }) => visit.exit === event).length * 100,
      named(page, 'pageview').length,
      1,
    ),
  percentage: (group, { total }) => share(group, total, 1),
  conversion_rate: (group, { totalWithoutGoal }) => share(group, totalWithoutGoal, 2),
  group_conversion_rate: (group, { groupWithoutGoal }) => share(group, groupWithoutGoal, 2),
  total_revenue: (group, basis) => {
    const { revenue, converted } = money(group, basis);
    return shown(revenue, converted);
  },
  average_revenue: (group, basis) => {
    const { revenue, count } = money(group, basis);
    return count === 0 ? null : rounded(over(revenue, [BigInt(count), 1n]), 2);
  },
  orders: (group) => named(group, 'purchase').length,
  items_sold: (group) =>
    sum(named(group, 'purchase').flatMap((row) => itemsIn(row, group).map(({ quantity }) => quantity))),
  refunded_revenue: (group, basis) => {
    const { refunded, converted } = money(group, basis);
    return shown(refunded, converted);
  },
  net_revenue: (group, basis) => {
    const { revenue, refunded, converted } = money(group, basis);
    return shown(minus(revenue, refunded), converted);
  },
};
