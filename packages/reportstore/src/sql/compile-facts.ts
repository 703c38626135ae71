import { ITEM_DIMENSIONS } from '@footfall/core/dimension';
import { ENGAGEMENT } from '@footfall/core/event-name';
import { type CountPart, NAMES_WITH_WORTH, PARTS } from '@footfall/core/part';
import type { GroupKey } from '@footfall/core/part-query';
import { reportStoreFailure } from '../errors.ts';
import { columnName, factText } from './columns.ts';
import { compileVisits, isOfVisits } from './compile-visits.ts';
import type { Dialect } from './dialect.ts';
import { type FactSource, type FactsQuery, grouped, isEvent, scopeConditions } from './fact-source.ts';
import { condition } from './filter.ts';
import {
  amountExpression,
  COUNTED_COLUMNS,
  countExpression,
  GRAINS,
  type Grain,
  OF_EVENT,
  OF_ITEMS,
  OF_PAIR,
  OF_VISIT,
  pairCount,
} from './part-sql.ts';
import { constant, identifier, join, type Sql, sql } from './sql.ts';

/** What tells the rows of a coarser grain apart inside a group, and what they take along from their events. */
const COARSER: Record<Exclude<Grain, 'event'>, { identity: readonly Sql[]; taken: readonly Sql[] }> = {
  visit: {
    identity: [sql`day`, sql`visitor`, sql`visit`],
    taken: OF_VISIT,
  },
  visitor: { identity: [sql`day`, sql`visitor`], taken: [] },
};

const list = (items: readonly Sql[]): Sql => join(items, ', ');

const hasItemKey = (groupBy: readonly GroupKey[]): boolean =>
  groupBy.some((key) => key.kind === 'dimension' && key.dimension.kind === 'item');

/** The facts that a question keeps, with a row an item or a goal where it is grouped by those. */
function keptFacts(query: FactsQuery, source: FactSource): Sql {
  const { where, context } = scopeConditions(query, source);
  const rows = query.relation === 'engagement' ? sql`name = ${constant(ENGAGEMENT)}` : isEvent;
  let relation = sql`SELECT * FROM ${source.relation} WHERE ${where} AND ${rows}`;
  if (hasItemKey(query.groupBy)) relation = source.dialect.withItems(sql`(${relation})`);
  for (const key of query.groupBy) {
    if (key.kind !== 'goal') continue;
    const names = key.goals.map(
      ({ name, filter }) => sql`CASE WHEN ${condition(filter, context)} THEN ${name}::text END`,
    );
    const reached = names.length === 0 ? sql`ARRAY[NULL::text]` : sql`ARRAY[${list(names)}]`;
    relation = sql`SELECT * FROM (SELECT *, unnest(${reached}) AS goal FROM (${relation}) AS kept) AS reaching WHERE goal IS NOT NULL`;
  }
  return relation;
}

/** Events count in their own hour, visits in the hour they start in: one statement cannot do both. */
function hourColumn({ relation, parts }: FactsQuery): Sql {
  if (relation !== 'counts') return sql`hour`;
  const [family, ...others] = new Set(parts.map((part) => PARTS[part].family));
  if (others.length > 0)
    throw reportStoreFailure('unanswerable', 'by the hour, parts of events and of visits are two questions');
  return family === 'visit' ? sql`visit_hour` : sql`hour`;
}

function keyExpression(key: GroupKey, query: FactsQuery, { dialect }: FactSource): Sql {
  switch (key.kind) {
    case 'day':
      return sql`day`;
    case 'hour':
      return hourColumn(query);
    case 'currency':
      return sql`currency`;
    case 'goal':
      return sql`goal`;
    case 'dimension':
      return key.dimension.kind === 'item'
        ? identifier(`item_${ITEM_DIMENSIONS[key.dimension.name].field}`)
        : factText(key.dimension, dialect);
  }
}

type Shape = { keys: readonly Sql[]; named: readonly Sql[]; facts: Sql; dialect: Dialect };

/**
 * The SQL of a question to facts, a pure function of it: all text of the question is bound. A row of the answer holds the texts
 * of its group in the order of `groupBy`, then the parts in their order.
 * @throws Failure `unanswerable` for a question that {@link PartQuery} rules out
 */
export function compileFacts(query: FactsQuery, source: FactSource): Sql {
  if (source.visits !== undefined && isOfVisits(query)) return compileVisits(query, source, source.visits);
  const keys = query.groupBy.map((_, index) => identifier(`key_${index}`));
  const named = query.groupBy.map(
    (key, index) => sql`${keyExpression(key, query, source)} AS ${keys[index] as Sql}`,
  );
  const shape: Shape = { keys, named, facts: keptFacts(query, source), dialect: source.dialect };
  switch (query.relation) {
    case 'counts':
      return ofCounts(query.parts, hasItemKey(query.groupBy), shape);
    case 'engagement':
      return ofPairs(query.parts, shape);
    case 'money':
      return ofMoney(query, shape);
  }
}

const texts = (keys: readonly Sql[]): Sql[] => keys.map((key) => sql`${key}::text`);

/** A row an event in each of its groups, however many of its items lie there. */
function eventsOfItems({ keys, named, facts }: Shape): Sql {
  const identity = [...keys, sql`day, visitor, visit, ordinal`];
  return sql`
    SELECT ${list([
      ...keys,
      sql`day, visitor, visit, max(name) AS name`,
      ...OF_EVENT,
      ...OF_VISIT,
      ...OF_ITEMS,
      sql`max(currency) AS currency, max(amount) AS amount, sum(item_worth) AS worth`,
    ])}
    FROM (SELECT ${list([...named, sql`*`])} FROM (${facts}) AS item) AS keyed
    GROUP BY ${list(identity)}`;
}

function ofCounts(parts: readonly CountPart[], byItem: boolean, shape: Shape): Sql {
  const { keys, named, facts, dialect } = shape;
  let grain: Grain = 'event';
  let relation = byItem
    ? eventsOfItems(shape)
    : sql`
    SELECT ${list([...named, sql`day, visitor, visit`, ...COUNTED_COLUMNS])}
    FROM (${facts}) AS fact`;
  for (const coarser of ['visit', 'visitor'] as const) {
    // A grain that no part counts is skipped: each costs an aggregation.
    if (!parts.some((part) => countExpression(part).grain === coarser)) continue;
    const { identity, taken } = COARSER[coarser];
    relation = sql`
    SELECT ${list([...keys, ...identity, ...taken, ...countedBy(parts, grain, sql`integer`)])}
    FROM (${relation}) AS ${identifier(grain)}
    GROUP BY ${list([...keys, ...identity])}`;
    grain = coarser;
  }
  return sql`
    SELECT ${list([...texts(keys), ...countedBy(parts, grain, dialect.count)])}
    FROM (${relation}) AS ${identifier(grain)}
    ${grouped(keys)}`;
}

/**
 * Parts as aggregates over rows of a grain: counted when these are the rows they count, else added up. What one visitor does in
 * a day fits an integer; sums of those are of fixed size, while Postgres adds up bigints as numerics, in four times the memory.
 */
function countedBy(parts: readonly CountPart[], grain: Grain, type: Sql): Sql[] {
  return parts
    .map((part) => ({ name: identifier(columnName(part)), ...countExpression(part) }))
    .filter((counted) => GRAINS.indexOf(counted.grain) <= GRAINS.indexOf(grain))
    .map((counted) => {
      const { name, count } = counted;
      return sql`(${counted.grain === grain ? count : sql`sum(${name})`})::${type} AS ${name}`;
    });
}

function ofPairs(parts: readonly CountPart[], { keys, named, facts, dialect }: Shape): Sql {
  const asked = parts.map((part) => sql`coalesce(${pairCount(part) ?? sql`0`}, 0)::${dialect.count}`);
  return sql`
    SELECT ${list([...texts(keys), ...asked])}
    FROM (
      SELECT ${list([...keys, ...OF_PAIR])}
      FROM (SELECT ${list([...named, sql`*`])} FROM (${facts}) AS fact) AS keyed
      GROUP BY ${list([...keys, sql`day, visitor, visit, page`])}
    ) AS pair
    ${grouped(keys)}`;
}

function ofMoney(query: FactsQuery & { relation: 'money' }, shape: Shape): Sql {
  const { keys, named, facts } = shape;
  const byItem = hasItemKey(query.groupBy);
  const events = byItem
    ? eventsOfItems(shape)
    : sql`SELECT ${list([...named, sql`*`])} FROM (${facts}) AS fact`;
  const codes = list(query.currency.codes.map((code) => sql`${code}::text`));
  const inCurrency = query.currency.negated ? sql`currency NOT IN (${codes})` : sql`currency IN (${codes})`;
  const worth = byItem
    ? sql`(amount IS NOT NULL OR name IN (${list(NAMES_WITH_WORTH.map(constant))}))`
    : sql`amount IS NOT NULL`;
  const asked = query.parts.map((part) => sql`coalesce(${amountExpression(part, byItem)}, 0)::text`);
  return sql`
    SELECT ${list([...texts(keys), ...asked])}
    FROM (${events}) AS event
    WHERE ${inCurrency} AND ${worth}
    ${grouped(keys)}`;
}
