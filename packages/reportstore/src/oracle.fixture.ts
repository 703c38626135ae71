import { foldCase } from '@footfall/core/case';
import { DIMENSIONS, type Dimension, ITEM_DIMENSIONS } from '@footfall/core/dimension';
import type { EventFact, FactItem, VisitorDayFacts } from '@footfall/core/fact';
import { pagePattern } from '@footfall/core/page-pattern';
import { type CountPart, type MoneyPart, PARTS, type Part } from '@footfall/core/part';
import type {
  FactFilter,
  FactScope,
  FlowQuery,
  FlowRow,
  FunnelQuery,
  GroupKey,
  PartQuery,
  PartRow,
  UserDay,
} from '@footfall/core/part-query';
import { RE2JS } from 're2js';

/** Answers questions by counting one by one in memory: slow, plain, and written without a look at any engine. */

type Known = { of: VisitorDayFacts; fact: EventFact };

const isEngagement = ({ fact }: Known) => fact.name === 'engagement';
const visitorKey = ({ of }: Known) => `${of.siteId} ${of.generation} ${of.day} ${of.visitor}`;
const visitKey = (one: Known) => `${visitorKey(one)} ${one.fact.visit}`;
const eventKey = (one: Known) => `${visitorKey(one)} ${one.of.facts.indexOf(one.fact)}`;

/** The texts that an event has in a dimension: one, but for items. */
function dimensionTexts(fact: EventFact, dimension: Dimension): string[] {
  switch (dimension.kind) {
    case 'prop':
      return [Object.hasOwn(fact.props, dimension.prop) ? (fact.props[dimension.prop] as string) : '(none)'];
    case 'item':
      return fact.items.map((item) => item[ITEM_DIMENSIONS[dimension.name].field]);
    case 'column':
      return [fact[DIMENSIONS[dimension.name].column]];
  }
}

function matches(one: Known, filter: FactFilter, all: readonly Known[]): boolean {
  switch (filter.type) {
    case 'and':
      return filter.of.every((inner) => matches(one, inner, all));
    case 'or':
      return filter.of.some((inner) => matches(one, inner, all));
    case 'not':
      return !matches(one, filter.of, all);
    case 'has_done':
      return all.some(
        (other) =>
          visitorKey(other) === visitorKey(one) && !isEngagement(other) && matches(other, filter.of, all),
      );
    case 'match': {
      const { op, caseSensitive, values } = filter;
      const fold = (text: string) => (caseSensitive ? text : foldCase(text));
      const meets = (text: string, value: string) => {
        if (op === 'matches')
          return RE2JS.compile(value, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE)
            .matcher(text)
            .find();
        if (op === 'glob') return new RegExp(pagePattern(value), 's').test(text);
        return op === 'is' ? fold(text) === fold(value) : fold(text).includes(fold(value));
      };
      return dimensionTexts(one.fact, filter.dimension).some((text) =>
        values.some((value) => meets(text, value)),
      );
    }
  }
}

function kept(visitorDays: readonly VisitorDayFacts[], scope: FactScope): Known[] {
  const all = visitorDays
    .filter(({ siteId, generation }) => siteId === scope.siteId && generation === scope.generation)
    .filter(({ day }) => scope.days.some(({ from, to }) => from <= day && day <= to))
    .flatMap((of) => of.facts.map((fact) => ({ of, fact })));
  const { between, filter } = scope;
  return all
    .filter(({ fact }) => between === null || (fact.at >= between.start && fact.at < between.end))
    .filter((one) => filter === null || matches(one, filter, all));
}

/** An event in one of its groups, with those of its items that lie there. */
type Grouped = Known & { key: string[]; items: readonly FactItem[] };

/** For which part groups are made, and among which facts. */
type Keying = { part: Part; all: readonly Known[] };

function keyValues(one: Known, key: GroupKey, { part, all }: Keying): string[] {
  switch (key.kind) {
    case 'day':
      return [one.of.day];
    case 'hour':
      return [String(PARTS[part].family === 'visit' ? one.fact.visitHour : one.fact.hour)];
    case 'currency':
      return [one.fact.currency];
    case 'goal':
      return key.goals.filter(({ filter }) => matches(one, filter, all)).map(({ name }) => name);
    case 'dimension':
      return [...new Set(dimensionTexts(one.fact, key.dimension))];
  }
}

/** Every group that an event is in: with items, those of each of its items. */
function groupFacts(one: Known, groupBy: readonly GroupKey[], keying: Keying): Grouped[] {
  const itemKeys = groupBy.flatMap((key, index) =>
    key.kind === 'dimension' && key.dimension.kind === 'item'
      ? [{ index, field: ITEM_DIMENSIONS[key.dimension.name].field }]
      : [],
  );
  let keys: string[][] = [[]];
  for (const key of groupBy)
    keys = keys.flatMap((begun) => keyValues(one, key, keying).map((value) => [...begun, value]));
  return keys
    .map((key) => ({
      ...one,
      key,
      items: one.fact.items.filter((item) =>
        itemKeys.every(({ index, field }) => item[field] === key[index]),
      ),
    }))
    .filter(({ items }) => itemKeys.length === 0 || items.length > 0);
}

const distinct = (group: readonly Grouped[], key: (one: Grouped) => string) => [
  ...new Map(group.map((one) => [key(one), one])).values(),
];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const pieces = ({ fact, items }: Grouped) =>
  fact.name === 'purchase' ? sum(items.map((item) => item.quantity)) : 0;

function pairEngagement(group: readonly Grouped[]) {
  return [...Map.groupBy(group, (one) => `${visitKey(one)} ${one.fact.page}`).values()].map((pair) => {
    const scrolls = pair.flatMap(({ fact }) => fact.scroll ?? []);
    const times = pair.flatMap(({ fact }) => fact.engagedMs ?? []);
    return {
      scroll: scrolls.length === 0 ? null : Math.max(...scrolls),
      engagedMs: times.length === 0 ? null : sum(times),
    };
  });
}

const COUNT: Readonly<Record<CountPart, (group: readonly Grouped[]) => number>> = {
  events: (group) => distinct(group, eventKey).length,
  pageviews: (group) => distinct(group, eventKey).filter(({ fact }) => fact.name === 'pageview').length,
  exits: (group) => distinct(group, eventKey).filter(({ fact }) => fact.exit).length,
  orders: (group) => distinct(group, eventKey).filter(({ fact }) => fact.name === 'purchase').length,
  itemsSold: (group) => sum(distinct(group, eventKey).map(pieces)),
  visitors: (group) => distinct(group, visitorKey).length,
  visits: (group) => distinct(group, visitKey).length,
  bounces: (group) => distinct(group, visitKey).filter(({ fact }) => fact.visitBounced).length,
  durationMs: (group) => sum(distinct(group, visitKey).map(({ fact }) => fact.visitDurationMs)),
  scrollSum: (group) => sum(pairEngagement(group).flatMap(({ scroll }) => scroll ?? [])),
  scrolled: (group) => pairEngagement(group).filter(({ scroll }) => scroll !== null).length,
  engagedMs: (group) => sum(pairEngagement(group).flatMap(({ engagedMs }) => engagedMs ?? [])),
  engaged: (group) => pairEngagement(group).filter(({ engagedMs }) => engagedMs !== null).length,
};

/** Millionths of a decimal text, by another way than the product's. */
const micros = (text: string): bigint => BigInt(Math.round(Number(text) * 1e6));

function amount(part: MoneyPart, group: readonly Grouped[], byItem: boolean): bigint {
  const events = distinct(group, eventKey);
  const add = (ones: readonly Grouped[], of: (one: Grouped) => bigint) =>
    ones.reduce((total, one) => total + of(one), 0n);
  const worth = ({ items }: Grouped) =>
    items.reduce((total, { price, quantity }) => total + micros(price) * BigInt(quantity), 0n);
  const isRefund = ({ fact }: Grouped) => fact.name === 'refund';
  if (part === 'revenueEvents')
    return BigInt(events.filter((one) => !isRefund(one) && one.fact.amount !== null).length);
  const refunded = part === 'refunded';
  if (byItem)
    return add(
      events.filter(({ fact }) => fact.name === (refunded ? 'refund' : 'purchase')),
      worth,
    );
  return add(
    events.filter((one) => isRefund(one) === refunded),
    ({ fact }) => micros(fact.amount ?? '0'),
  );
}

function isAsked(one: Known, query: PartQuery, byItem: boolean): boolean {
  if (isEngagement(one) !== (query.relation === 'engagement')) return false;
  if (query.relation !== 'money') return true;
  const { codes, negated } = query.currency;
  if (codes.includes(one.fact.currency) === negated) return false;
  return one.fact.amount !== null || (byItem && ['purchase', 'refund'].includes(one.fact.name));
}

/** The rows that a store holding exactly these visitor-days must answer. */
export function expectedRows(visitorDays: readonly VisitorDayFacts[], query: PartQuery): PartRow[] {
  const people: FactFilter = {
    type: 'match',
    op: 'is',
    dimension: { kind: 'column', name: 'visit:bot' },
    values: ['false'],
    caseSensitive: true,
  };
  // Roll-ups are of people.
  const scope: FactScope = query.source === 'facts' ? query : { ...query, filter: people, between: null };
  const byItem = query.groupBy.some((key) => key.kind === 'dimension' && key.dimension.kind === 'item');
  const all = kept(visitorDays, { ...scope, filter: null, between: null });
  const asked = kept(visitorDays, scope).filter((one) => isAsked(one, query, byItem));
  const rows = new Map<string, PartRow>();
  for (const part of query.parts) {
    const grouped = asked.flatMap((one) => groupFacts(one, query.groupBy, { part, all }));
    for (const [id, group] of Map.groupBy(grouped, ({ key }) => JSON.stringify(key))) {
      const row = rows.get(id) ?? { key: (group[0] as Grouped).key, counts: {} };
      if (query.relation === 'money')
        row.amounts = { ...row.amounts, [part]: amount(part as MoneyPart, group, byItem) };
      else row.counts[part as CountPart] = COUNT[part as CountPart](group);
      rows.set(id, row);
    }
  }
  return [...rows.values()];
}

/** Visitors in each step. */
export function expectedFunnel(visitorDays: readonly VisitorDayFacts[], query: FunnelQuery): number[] {
  const all = kept(visitorDays, { ...query, filter: null, between: null });
  const events = kept(visitorDays, query).filter((one) => !isEngagement(one));
  const reached = query.steps.map(() => 0);
  for (const own of Map.groupBy(events, visitorKey).values()) {
    let last = -1;
    for (const [step, filter] of query.steps.entries()) {
      last = own.findIndex((one, index) => index > last && matches(one, filter, all));
      if (last === -1) break;
      reached[step] = (reached[step] ?? 0) + 1;
    }
  }
  return reached;
}

/** Pages before and after, added up. */
export function expectedFlow(visitorDays: readonly VisitorDayFacts[], query: FlowQuery): FlowRow[] {
  const all = kept(visitorDays, { ...query, filter: null, between: null });
  const wanted = new Set(
    kept(visitorDays, query)
      .filter((one) => one.fact.name === 'pageview' && matches(one, query.page, all))
      .map(({ fact }) => fact),
  );
  const rows: FlowRow[] = [];
  for (const visit of Map.groupBy(
    all.filter(({ fact }) => fact.name === 'pageview'),
    visitKey,
  ).values()) {
    visit.forEach(({ fact }, index) => {
      if (!wanted.has(fact)) return;
      rows.push({ direction: 'before', page: visit[index - 1]?.fact.page ?? null, pageviews: 1 });
      rows.push({ direction: 'after', page: visit[index + 1]?.fact.page ?? null, pageviews: 1 });
    });
  }
  return addedFlow(rows);
}

/** Rows of one direction and page as one, in an order of their own. */
export function addedFlow(rows: readonly FlowRow[]): FlowRow[] {
  const groups = Map.groupBy(rows, ({ direction, page }) => JSON.stringify([direction, page]));
  return [...groups.keys()].sort().map((key) => {
    const [direction, page] = JSON.parse(key) as [FlowRow['direction'], string | null];
    return { direction, page, pageviews: sum((groups.get(key) ?? []).map(({ pageviews }) => pageviews)) };
  });
}

export function expectedUserDays(visitorDays: readonly VisitorDayFacts[], query: FactScope): UserDay[] {
  const known = kept(visitorDays, query).filter((one) => !isEngagement(one) && one.fact.userId !== '(none)');
  const days = new Map(
    known.map(({ of, fact }) => [
      JSON.stringify([of.day, fact.userId]),
      { day: of.day, userId: fact.userId },
    ]),
  );
  return [...days.values()];
}

/** Rows added up by key and without zeros, in an order of their own: what two answers must have in common. */
export function comparable(rows: readonly PartRow[]): string[] {
  const sums = new Map<string, Map<string, bigint>>();
  for (const { key, counts, amounts = {} } of rows) {
    const id = JSON.stringify(key);
    const known = sums.get(id) ?? new Map<string, bigint>();
    for (const [part, value] of Object.entries({ ...counts, ...amounts }))
      known.set(part, (known.get(part) ?? 0n) + BigInt(value));
    sums.set(id, known);
  }
  return [...sums]
    .map(
      ([id, parts]) =>
        `${id} ${[...parts]
          .filter(([, value]) => value !== 0n)
          .sort()
          .join(' ')}`,
    )
    .filter((line) => !line.endsWith('] '))
    .sort();
}
