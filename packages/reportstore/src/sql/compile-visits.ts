import { DIMENSIONS, type Dimension, isOfVisit } from '@footfall/core/dimension';
import { type CountPart, PARTS } from '@footfall/core/part';
import type { FactFilter, GroupKey } from '@footfall/core/part-query';
import { columnName, factText } from './columns.ts';
import { type FactSource, type FactsQuery, filterContext, grouped, within } from './fact-source.ts';
import { condition } from './filter.ts';
import { countExpression } from './part-sql.ts';
import { identifier, join, type Sql, sql } from './sql.ts';

type OfVisits = FactsQuery & { relation: 'counts' };

/** Whether a dimension is the same on all events of a visit. */
const isOfWholeVisit = (dimension: Dimension): boolean =>
  dimension.kind === 'column' && isOfVisit(DIMENSIONS[dimension.name].column);

function keepsWholeVisits(filter: FactFilter): boolean {
  switch (filter.type) {
    case 'match':
      return isOfWholeVisit(filter.dimension);
    case 'not':
      return keepsWholeVisits(filter.of);
    case 'has_done':
      // Of a visitor, whatever it looks for.
      return true;
    case 'and':
    case 'or':
      return filter.of.every(keepsWholeVisits);
  }
}

function groupsWholeVisits(key: GroupKey, parts: readonly CountPart[]): boolean {
  if (key.kind === 'dimension') return isOfWholeVisit(key.dimension);
  // Events have hours of their own.
  return key.kind === 'day' || (key.kind === 'hour' && parts.every((part) => PARTS[part].family === 'visit'));
}

/** Whether a question keeps and groups nothing smaller than visits, so that a row a visit can answer it. */
export function isOfVisits(query: FactsQuery): query is OfVisits {
  if (query.relation !== 'counts' || query.between !== null) return false;
  const { parts, groupBy, filter } = query;
  return (
    groupBy.every((key) => groupsWholeVisits(key, parts)) && (filter === null || keepsWholeVisits(filter))
  );
}

/** Parts of events stand in the row of their visit; those of visits are counted from it. */
function totalColumn(part: CountPart): Sql {
  const { grain, count } = countExpression(part);
  return grain === 'visit' ? count : sql`sum(${identifier(columnName(part))})`;
}

function keyExpression(key: GroupKey, { dialect }: FactSource): Sql {
  if (key.kind === 'dimension' && key.dimension.kind !== 'item') return factText(key.dimension, dialect);
  return key.kind === 'day' ? sql`day` : sql`visit_hour`;
}

/** The SQL of a question to a relation with a row a visit; rows as those of facts. */
export function compileVisits(query: OfVisits, source: FactSource, visits: Sql): Sql {
  const keys = query.groupBy.map((_, index) => identifier(`key_${index}`));
  const named = query.groupBy.map(
    (key, index) => sql`${keyExpression(key, source)} AS ${keys[index] as Sql}`,
  );
  const conditions = [within(query)];
  if (query.filter !== null) conditions.push(condition(query.filter, filterContext(query, source)));
  const isOfVisitors = (part: CountPart) => countExpression(part).grain === 'visitor';
  const counted = query.parts.filter((part) => !isOfVisitors(part));
  const partColumn = (part: CountPart) => identifier(columnName(part));
  const totals = counted.map((part) => sql`(${totalColumn(part)})::bigint AS ${partColumn(part)}`);
  const perVisitor = query.parts.some(isOfVisitors) ? [sql`day`, sql`visitor`] : [];
  const identity = [...keys, ...perVisitor];
  const list = (items: readonly Sql[]) => join(items, ', ');
  const outer = query.parts.map((part) => {
    const sum = isOfVisitors(part) ? sql`count(*)` : sql`sum(${partColumn(part)})`;
    return sql`(${sum})::${source.dialect.count}`;
  });
  const columns = [...identity, ...totals];
  return sql`
    SELECT ${list([...keys.map((key) => sql`${key}::text`), ...outer])}
    FROM (
      SELECT ${list(columns.length === 0 ? [sql`1`] : columns)}
      FROM (SELECT ${list([...named, sql`*`])} FROM ${visits} WHERE ${join(conditions, ' AND ')}) AS visit
      ${identity.length === 0 ? sql`HAVING count(*) > 0` : sql`GROUP BY ${list(identity)}`}
    ) AS total
    ${grouped(keys)}`;
}
