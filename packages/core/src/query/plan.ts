import { DIMENSIONS } from '../dimension.ts';
import { type CountPart, MONEY_PARTS, type MoneyPart, PARTS, type Part, type PartFamily } from '../part.ts';
import type { CurrencyFilter, FactFilter, GroupBound, GroupKey, PartQuery } from '../part-query.ts';
import { addDays } from '../zone.ts';
import { daysOfRange } from './date-range.ts';
import type { DayMove } from './day-move.ts';
import { mentions } from './filter.ts';
import { goalRows } from './goal-rows.ts';
import type { Granularity, KnownRange, QueryDimension, QuerySite } from './query.ts';

/** A local day that the store knows, and whether roll-ups may answer for it. */
export type PlannableDay = { day: string; sealed: boolean };

/** A question for parts by dimensions; a query asks several (its groups, and what its ratios are of). */
export type PlanInput = {
  site: QuerySite;
  dimensions: readonly QueryDimension[];
  filter: FactFilter | null;
  range: KnownRange;
  parts: readonly Part[];
  days: readonly PlannableDay[];
  /** Which groups the answers are to have; null: all. `by` of the largest is for questions that have the part. */
  bound: GroupBound | null;
  /** Keys of days are those of the days that they are compared with. */
  move?: DayMove | null;
};

const NO_BOTS: FactFilter = {
  type: 'match',
  op: 'is',
  dimension: { kind: 'column', name: 'visit:bot' },
  values: ['false'],
  caseSensitive: true,
};

/** Bots are left out, also of what visitors have done, unless the filter asks for them. */
export function withoutBots(filter: FactFilter | null): FactFilter {
  if (filter === null) return NO_BOTS;
  if (mentions(filter, 'visit:bot')) return filter;
  return { type: 'and', of: [NO_BOTS, withBehavioursOfPeople(filter)] };
}

/** A filter in which what visitors have done is what they have done as people. */
export function withBehavioursOfPeople(filter: FactFilter): FactFilter {
  switch (filter.type) {
    case 'match':
      return filter;
    case 'not':
      return { ...filter, of: withBehavioursOfPeople(filter.of) };
    case 'has_done':
      return { ...filter, of: { type: 'and', of: [NO_BOTS, withBehavioursOfPeople(filter.of)] } };
    case 'and':
    case 'or':
      return { ...filter, of: filter.of.map(withBehavioursOfPeople) };
  }
}

function toTimeKey(granularity: Granularity, move: DayMove | null): GroupKey {
  if (granularity === 'hour') return { kind: 'hour' };
  const each = granularity === 'day' ? {} : { each: granularity };
  return { kind: 'day', ...each, ...(move === null ? {} : { move }) };
}

function toGroupKey(dimension: QueryDimension, { site, filter, move = null }: PlanInput): GroupKey {
  switch (dimension.kind) {
    case 'text':
      return { kind: 'dimension', dimension: dimension.dimension };
    case 'goal':
      return { kind: 'goal', goals: goalRows(site.goals, withoutBots(filter)) };
    case 'time':
      return toTimeKey(dimension.granularity, move);
  }
}

/** Whether sealed days keep the totals of a dimension; days are always kept apart. */
function isRolledUp(dimension: QueryDimension): boolean {
  if (dimension.kind !== 'text') return dimension.kind === 'time';
  const of = dimension.dimension;
  return of.kind === 'item' || (of.kind === 'column' && DIMENSIONS[of.name].rollUp);
}

const isDaily = (dimension: QueryDimension): boolean =>
  dimension.kind === 'time' && dimension.granularity !== 'hour';

/** Roll-ups hold one dimension, or the hours, of whole days without a filter. */
function canRollUp({ dimensions, filter, range }: PlanInput): boolean {
  if (filter !== null || range.kind !== 'days') return false;
  return dimensions.every(isRolledUp) && dimensions.filter((one) => !isDaily(one)).length <= 1;
}

/** Days as the fewest ranges, both ends inclusive; `days` ascending. */
export function mergeDays(days: readonly string[]): { from: string; to: string }[] {
  const ranges: { from: string; to: string }[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last !== undefined && addDays(last.to, 1) === day) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges;
}

type Asked =
  | { relation: 'counts' | 'engagement'; parts: readonly CountPart[]; groupBy: readonly GroupKey[] }
  | {
      relation: 'money';
      parts: readonly MoneyPart[];
      currency: CurrencyFilter;
      groupBy: readonly GroupKey[];
    };

/**
 * The questions that parts need. By the hour, events count at their own time and visits at their start, so each family is
 * a question of its own; a day holds whole visits, so there one answers both. Amounts in the site's currency are added up as
 * they are, those of others by the day, whose rate they are converted at.
 */
function askedFor(parts: readonly Part[], groupBy: readonly GroupKey[], { currency }: QuerySite): Asked[] {
  const of = (...families: PartFamily[]) =>
    parts.filter((part) => families.includes(PARTS[part].family)) as CountPart[];
  const byHour = groupBy.some((key) => key.kind === 'hour');
  const counted = byHour ? [of('event'), of('visit')] : [of('event', 'visit')];
  const counts = counted.map((family): Asked => ({ relation: 'counts', parts: family, groupBy }));
  const engagement: Asked = { relation: 'engagement', parts: of('engagement'), groupBy };
  const amounts = MONEY_PARTS.filter((part) => parts.includes(part));
  const home = [currency, ''];
  const money: Asked[] = [
    { relation: 'money', parts: amounts, groupBy, currency: { codes: home, negated: false } },
    {
      relation: 'money',
      parts: amounts,
      groupBy: [...groupBy, { kind: 'currency' }, { kind: 'day' }],
      currency: { codes: home, negated: true },
    },
  ];
  return [...counts, engagement, ...money].filter((asked) => asked.parts.length > 0);
}

/** A bound as a question of some parts can take it: without groups there is nothing to bound. */
function boundFor(bound: GroupBound | null, { relation, parts, groupBy }: Asked): { bound?: GroupBound } {
  if (bound === null || groupBy.length === 0) return {};
  if (bound.kind === 'only') return { bound };
  const has = (part: Part | null) => (parts as readonly (Part | null)[]).includes(part);
  if (relation === 'counts' && has(bound.by)) return { bound };
  const { ties: _ties, ...rest } = bound;
  return { bound: { ...rest, by: [bound.by, 'events' as const].find(has) ?? null } };
}

/** Facts that one question is about: of sealed and of open days, which stand in two places, apart where the first groups of each are wanted. */
function factDays(days: readonly PlannableDay[], bound: GroupBound | null): (readonly PlannableDay[])[] {
  const apart = bound?.kind === 'largest' && bound.ties !== undefined;
  const lists = apart ? [days.filter(({ sealed }) => sealed), days.filter(({ sealed }) => !sealed)] : [days];
  return lists.filter(({ length }) => length > 0);
}

/**
 * Which questions to the report store add up to the answer: sealed days from roll-ups where those can tell, all else
 * from facts. Days that the store does not know are asked for nowhere. Pure; merging is addition. Rows of money in foreign
 * currencies have two more keys than dimensions: currency and day.
 */
export function plan(input: PlanInput): PartQuery[] {
  const { site, range } = input;
  const bounds = daysOfRange(range, site.timezone);
  const days = input.days.filter(({ day }) => day >= bounds.from && day <= bounds.to);
  const rolledUp = canRollUp(input) ? days.filter(({ sealed }) => sealed) : [];
  const factual = canRollUp(input) ? days.filter(({ sealed }) => !sealed) : days;
  const groupBy = input.dimensions.map((dimension) => toGroupKey(dimension, input));
  const base = { siteId: site.id, generation: site.generation };
  const between = range.kind === 'instants' ? { start: range.start, end: range.end } : null;
  const filter = withoutBots(input.filter);
  return askedFor(input.parts, groupBy, site).flatMap((asked) => [
    ...(rolledUp.length > 0
      ? [
          {
            ...base,
            ...asked,
            ...boundFor(input.bound, asked),
            source: 'rollUps' as const,
            days: mergeDays(rolledUp.map(({ day }) => day)),
          },
        ]
      : []),
    ...factDays(factual, input.bound).map((own) => ({
      ...base,
      ...asked,
      ...boundFor(input.bound, asked),
      source: 'facts' as const,
      days: mergeDays(own.map(({ day }) => day)),
      filter,
      between,
    })),
  ]);
}
