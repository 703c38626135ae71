import { DIMENSIONS } from '@footfall/core/dimension';
import { PARTS, type Part } from '@footfall/core/part';
import type { GroupKey, PartQuery } from '@footfall/core/part-query';
import { ROLL_UP_ALL, ROLL_UP_HOUR } from '@footfall/core/roll-up';
import { reportStoreFailure } from '../errors.ts';
import { columnName, dimensionText } from './columns.ts';
import { condition } from './filter.ts';
import { identifier, join, type Sql, type Statement, sql, statement } from './sql.ts';

type FactsQuery = Extract<PartQuery, { source: 'facts' }>;
type RollUpsQuery = Extract<PartQuery, { source: 'rollUps' }>;

/** What one row of a relation stands for, from the finest to the coarsest; facts are aggregated along them. */
const GRAINS = ['event', 'visit', 'visitor'] as const;
type Grain = (typeof GRAINS)[number];

/** What tells the rows of a coarser grain apart inside a group, and what they take along from their events. */
const COARSER: Record<Exclude<Grain, 'event'>, { identity: Sql[]; taken: Sql[] }> = {
  visit: {
    identity: [sql`day`, sql`visitor`, sql`visit`],
    // The same on all events of a visit, so that a part of them tells of the whole: any will do.
    taken: [sql`bool_or(visit_bounced) AS visit_bounced`, sql`max(visit_duration_ms) AS visit_duration_ms`],
  },
  visitor: { identity: [sql`day`, sql`visitor`], taken: [] },
};

/** Which rows a part counts, and how. */
const COUNTS: Record<Part, { of: Grain; count: Sql }> = {
  pageviews: { of: 'event', count: sql`count(*) FILTER (WHERE name = 'pageview')` },
  events: { of: 'event', count: sql`count(*)` },
  visits: { of: 'visit', count: sql`count(*)` },
  bounces: { of: 'visit', count: sql`count(*) FILTER (WHERE visit_bounced)` },
  durationMs: { of: 'visit', count: sql`sum(visit_duration_ms)` },
  visitors: { of: 'visitor', count: sql`count(*)` },
};

/**
 * The SQL of one question, a pure function of it: all text of the question is bound. A row of the answer holds the texts
 * of its group in the order of `groupBy`, then the parts in the order of their first mention.
 * @throws Failure `unanswerable` for a question that {@link PartQuery} rules out
 */
export function compile(query: PartQuery): Statement {
  return statement(query.source === 'facts' ? ofFacts(query) : ofRollUps(query));
}

function ofFacts(query: FactsQuery): Sql {
  const { groupBy } = query;
  const parts = [...new Set(query.parts)];
  const keys = groupBy.map((_key, index) => identifier(`key_${index}`));
  const named = groupBy.map((key, index) => sql`${factKey(key, parts)} AS ${keys[index] as Sql}`);
  let grain: Grain = 'event';
  let relation = sql`
    SELECT ${list([...named, sql`day, visitor, visit, name, visit_bounced, visit_duration_ms`])}
    FROM reportstore.event_fact
    WHERE ${factScope(query)}`;
  for (const coarser of ['visit', 'visitor'] as const) {
    // A grain that no part counts is skipped: each costs an aggregation.
    if (!parts.some((part) => COUNTS[part].of === coarser)) continue;
    const { identity, taken } = COARSER[coarser];
    relation = sql`
    SELECT ${list([...keys, ...identity, ...taken, ...counted(parts, grain, sql`integer`)])}
    FROM (${relation}) AS ${identifier(grain)}
    GROUP BY ${list([...keys, ...identity])}`;
    grain = coarser;
  }
  return sql`
    SELECT ${list([...answerKeys(groupBy, keys), ...counted(parts, grain, sql`bigint`)])}
    FROM (${relation}) AS ${identifier(grain)}
    ${grouped(keys)}`;
}

/**
 * Parts as aggregates over rows of a grain: counted when these are the rows they count, else added up. What one visitor does in
 * a day fits an integer; sums of those are of fixed size, while Postgres adds up bigints as numerics, in four times the memory.
 */
function counted(parts: readonly Part[], grain: Grain, type: Sql): Sql[] {
  return parts
    .filter((part) => GRAINS.indexOf(COUNTS[part].of) <= GRAINS.indexOf(grain))
    .map((part) => {
      const { of, count } = COUNTS[part];
      const name = identifier(columnName(part));
      return sql`(${of === grain ? count : sql`sum(${name})`})::${type} AS ${name}`;
    });
}

function factScope(query: FactsQuery): Sql {
  const conditions = [siteDays(query)];
  if (query.between !== null) {
    const { start, end } = query.between;
    conditions.push(sql`at >= ${start}::bigint AND at < ${end}::bigint`);
  }
  if (query.filter !== null) conditions.push(condition(query.filter));
  return join(conditions, ' AND ');
}

function factKey(key: GroupKey, parts: readonly Part[]): Sql {
  switch (key.kind) {
    case 'day':
      return sql`day`;
    case 'hour':
      return hourOf(parts);
    case 'dimension':
      return dimensionText(key.dimension);
  }
}

/** Events count in their own hour, visits in the hour they start in: one statement cannot do both. */
function hourOf(parts: readonly Part[]): Sql {
  const [family = 'event', ...others] = new Set(parts.map((part) => PARTS[part].family));
  if (others.length > 0) throw unanswerable('by the hour, parts of events and of visits are two questions');
  return family === 'event' ? sql`hour` : sql`visit_hour`;
}

function ofRollUps(query: RollUpsQuery): Sql {
  const { groupBy } = query;
  const keys = groupBy.map((key) => (key.kind === 'day' ? sql`day` : sql`value`));
  const totals = [...new Set(query.parts)].map((part) => {
    const name = identifier(columnName(part));
    return sql`sum(${name})::bigint AS ${name}`;
  });
  return sql`
    SELECT ${list([...answerKeys(groupBy, keys), ...totals])}
    FROM reportstore.roll_up
    WHERE ${siteDays(query)} AND dimension = ${rollUpDimension(groupBy)}
    ${grouped(keys)}`;
}

function rollUpDimension(groupBy: readonly GroupKey[]): string {
  const names = groupBy.filter((key) => key.kind !== 'day').map(rollUpName);
  if (names.length > 1) throw unanswerable('roll-ups are of one dimension or of the hour');
  return names[0] ?? ROLL_UP_ALL;
}

function rollUpName(key: Exclude<GroupKey, { kind: 'day' }>): string {
  if (key.kind === 'hour') return ROLL_UP_HOUR;
  const { dimension } = key;
  if (dimension.kind === 'column' && DIMENSIONS[dimension.name].rollUp) return dimension.name;
  throw unanswerable('there are no roll-ups of this dimension');
}

function siteDays({ siteId, generation, days }: PartQuery): Sql {
  const ranges = days.map(({ from, to }) => sql`day BETWEEN ${from}::date AND ${to}::date`);
  const within = ranges.length === 0 ? sql`FALSE` : sql`(${join(ranges, ' OR ')})`;
  return sql`site_id = ${siteId} AND generation = ${generation}::integer AND ${within}`;
}

/** Keys as text; those of roll-ups are text but for the day. */
function answerKeys(groupBy: readonly GroupKey[], keys: readonly Sql[]): Sql[] {
  return groupBy.map(({ kind }, index) => {
    const key = keys[index] as Sql;
    return kind === 'day' ? sql`to_char(${key}, 'YYYY-MM-DD')` : sql`${key}::text`;
  });
}

/** Without keys SQL answers one row even where there is nothing; ours has rows of groups that exist. */
function grouped(keys: readonly Sql[]): Sql {
  return keys.length === 0 ? sql`HAVING count(*) > 0` : sql`GROUP BY ${list(keys)}`;
}

function list(items: readonly Sql[]): Sql {
  return join(items, ', ');
}

function unanswerable(message: string) {
  return reportStoreFailure('unanswerable', message);
}
