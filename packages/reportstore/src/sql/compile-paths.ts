import { NONE } from '@footfall/core/dimension';
import { PAGEVIEW } from '@footfall/core/event-name';
import type { FactScope, FlowQuery, FunnelQuery } from '@footfall/core/part-query';
import { type FactSource, keptEvents } from './fact-source.ts';
import { condition } from './filter.ts';
import { constant, identifier, join, type Sql, sql } from './sql.ts';

/** Visitors in each step: one row, a number a step. Each step looks for the earliest event behind that of the step before. */
export function compileFunnel(query: FunnelQuery, source: FactSource): Sql {
  const { from, context } = keptEvents(query, source);
  const reaches = query.steps.map(
    (filter, index) => sql`${condition(filter, context)} AS ${identifier(`reaches_${index}`)}`,
  );
  const steps = query.steps.map((_, index) => {
    const [name, reached] = [identifier(`step_${index}`), identifier(`reaches_${index}`)];
    if (index === 0)
      return sql`${name} AS (SELECT day, visitor, min(ordinal) AS reached_at FROM kept WHERE ${reached} GROUP BY day, visitor)`;
    const before = identifier(`step_${index - 1}`);
    return sql`${name} AS (
      SELECT kept.day, kept.visitor, min(kept.ordinal) AS reached_at
      FROM kept JOIN ${before} AS before ON before.day = kept.day AND before.visitor = kept.visitor
      WHERE kept.ordinal > before.reached_at AND kept.${reached}
      GROUP BY kept.day, kept.visitor)`;
  });
  const counts = query.steps.map(
    (_, index) => sql`(SELECT count(*) FROM ${identifier(`step_${index}`)})::${source.dialect.count}`,
  );
  const kept = sql`kept AS (SELECT day, visitor, ordinal, ${join(reaches, ', ')} FROM ${from})`;
  return sql`WITH ${join([kept, ...steps], ', ')} SELECT ${join(counts, ', ')}`;
}

const isPageview = sql`name = ${constant(PAGEVIEW)}`;

/** What was seen before and after: direction, page (null where the visit begins or ends), pageviews. */
export function compileFlow(query: FlowQuery, source: FactSource): Sql {
  const { between: _between, filter: _filter, ...days } = query;
  const whole = keptEvents({ ...days, between: null, filter: null }, source);
  const kept = keptEvents(query, source);
  const here = condition(query.page, kept.context);
  const count = source.dialect.count;
  // The pages around are of the whole visit, whatever of it the filter keeps; visits without the page are not put in order.
  return sql`
    WITH here AS (
      SELECT day, visitor, visit, ordinal FROM ${kept.from} AND ${isPageview} AND ${here}
    ), viewed AS (
      SELECT day, visitor, visit, ordinal, page FROM ${whole.from} AND ${isPageview}
    ), seen AS (
      SELECT day, visitor, visit, ordinal,
        lag(page) OVER visits AS page_before, lead(page) OVER visits AS page_after
      FROM viewed JOIN (SELECT DISTINCT day, visitor, visit FROM here) AS visited USING (day, visitor, visit)
      WINDOW visits AS (PARTITION BY day, visitor, visit ORDER BY ordinal)
    ), around AS (
      SELECT page_before, page_after FROM seen JOIN here USING (day, visitor, visit, ordinal)
    )
    SELECT 'before', page_before::text, count(*)::${count} FROM around GROUP BY page_before
    UNION ALL
    SELECT 'after', page_after::text, count(*)::${count} FROM around GROUP BY page_after`;
}

/** Day and user of identified users. */
export function compileUserDays(query: FactScope, source: FactSource): Sql {
  const { from } = keptEvents(query, source);
  return sql`SELECT DISTINCT day::text, user_id::text FROM ${from} AND user_id <> ${NONE}::text`;
}
