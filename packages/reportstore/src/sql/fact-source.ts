import { ENGAGEMENT } from '@footfall/core/event-name';
import type { FactScope, PartQuery } from '@footfall/core/part-query';
import type { Dialect } from './dialect.ts';
import { condition, type FilterContext } from './filter.ts';
import { constant, join, type Sql, sql } from './sql.ts';

/**
 * Facts of one site and generation in one database; `visits`, where there are such, with a row a visit and the totals of its
 * events.
 */
export type FactSource = { dialect: Dialect; relation: Sql; visits?: Sql };

export type FactsQuery = Extract<PartQuery, { source: 'facts' }>;

/** Of all that counts: engagement is not an event. */
export const isEvent = sql`name <> ${constant(ENGAGEMENT)}`;

/** Days of a question. */
export function within({ days }: Pick<FactScope, 'days'>): Sql {
  const ranges = days.map(({ from, to }) => sql`day BETWEEN ${from}::date AND ${to}::date`);
  return ranges.length === 0 ? sql`FALSE` : sql`(${join(ranges, ' OR ')})`;
}

/** What conditions on visitors look into: all events of the days. */
export function filterContext(scope: FactScope, { dialect, relation }: FactSource): FilterContext {
  return { dialect, everything: sql`${relation} WHERE ${within(scope)} AND ${isEvent}` };
}

/** Conditions of a scope on facts, engagement among them; and what conditions on visitors look into. */
export function scopeConditions(
  scope: FactScope,
  { dialect, relation }: FactSource,
): { where: Sql; context: FilterContext } {
  const context = filterContext(scope, { dialect, relation });
  const conditions = [within(scope)];
  if (scope.between !== null) {
    const { start, end } = scope.between;
    conditions.push(sql`"at" >= ${start}::bigint AND "at" < ${end}::bigint`);
  }
  if (scope.filter !== null) conditions.push(condition(scope.filter, context));
  return { where: join(conditions, ' AND '), context };
}

/** The events that a scope keeps, engagement left out: for questions of their own, such as funnels. */
export function keptEvents(scope: FactScope, source: FactSource): { from: Sql; context: FilterContext } {
  const { where, context } = scopeConditions(scope, source);
  return { from: sql`${source.relation} WHERE ${where} AND ${isEvent}`, context };
}

/** Without keys SQL answers one row even where there is nothing; ours has rows of groups that exist. */
export function grouped(keys: readonly Sql[]): Sql {
  return keys.length === 0 ? sql`HAVING count(*) > 0` : sql`GROUP BY ${join(keys, ', ')}`;
}
