import {
  type GroupKey,
  type LongerBucket,
  OTHER,
  type PartQuery,
  type TopQuery,
} from '@footfall/core/part-query';
import type { Dialect } from './dialect.ts';
import { identifier, join, Sql, sql } from './sql.ts';

type Bounded = Pick<PartQuery, 'groupBy' | 'parts' | 'relation' | 'bound'>;

const list = (items: readonly Sql[]): Sql => join(items, ', ');

/** The first day of the week that a day lies in; `last` is its last day as ISO numbers them, Monday being 1. */
const firstOfWeek = (last: Sql) => (day: Sql) =>
  sql`(${day}::date - (extract(isodow FROM ${day}::date)::integer + 6 - ${last}) % 7)::date::text`;

/** The first day of the week or month that a day lies in. */
const FIRST_DAY: Readonly<Record<LongerBucket, (day: Sql) => Sql>> = {
  week: firstOfWeek(sql`7`),
  sunday_week: firstOfWeek(sql`6`),
  saturday_week: firstOfWeek(sql`5`),
  month: (day) => sql`substr(${day}, 1, 7) || '-01'`,
};

/** A day's key as that of its week or month, where that is asked for. */
function longerKey(group: GroupKey, key: Sql): Sql {
  return group.kind === 'day' && group.each !== undefined ? FIRST_DAY[group.each](key) : key;
}

/** A day's key as that of the day which is compared with it, where that is asked for; a year later is the same calendar day. */
function movedKey(group: GroupKey, key: Sql): Sql {
  if (group.kind !== 'day' || group.move === undefined) return key;
  const { unit, count } = group.move;
  const whole = new Sql([String(Math.trunc(count))], []);
  return unit === 'day'
    ? sql`(${key}::date + (${whole}))::date::text`
    : sql`(${key}::date + INTERVAL ${new Sql([`'${Math.trunc(count)} year'`], [])})::date::text`;
}

/** A key with one text for all groups that do not stand alone. */
function boundKey(group: GroupKey, key: Sql): Sql {
  return group.kind === 'dimension' ? sql`CASE WHEN is_alone THEN ${key} ELSE ${OTHER}::text END` : key;
}

/** Values are added up as what they are: counts as numbers, amounts as decimals that come as text. */
function addUp(value: Sql, { relation }: Bounded, dialect: Dialect): Sql {
  return relation === 'money'
    ? sql`sum(${value}::DECIMAL(38,0))::text`
    : sql`(sum(${value}))::${dialect.count}`;
}

/** Whether the groups of a question are other than those that its statement counts by. */
const isLarger = ({ groupBy, bound }: Bounded): boolean =>
  bound?.kind === 'only' ||
  groupBy.some((key) => key.kind === 'day' && (key.each !== undefined || key.move !== undefined));

type Columns = { keys: readonly Sql[]; values: readonly Sql[] };

const namedColumns = ({ groupBy, parts }: Bounded): Columns => ({
  keys: groupBy.map((_, index) => identifier(`group_${index}`)),
  values: parts.map((_, index) => identifier(`value_${index}`)),
});

function inLargerGroups(
  rows: Sql,
  query: Bounded,
  { dialect, keys, values }: Columns & { dialect: Dialect },
) {
  const { groupBy, bound } = query;
  const as = (texts: readonly Sql[]) => texts.map((text, index) => sql`${text} AS ${keys[index] as Sql}`);
  const longer = as(groupBy.map((group, index) => longerKey(group, movedKey(group, keys[index] as Sql))));
  const counted = sql`(${rows}) AS counted (${list([...keys, ...values])})`;
  let larger = sql`SELECT ${list([...longer, ...values])} FROM ${counted}`;
  if (bound?.kind === 'only') {
    // Of weeks and months, not of the days that they are made of.
    const isAlone = dialect.isOneOfKeys(keys.slice(0, bound.keys[0]?.length ?? 0), bound.keys);
    if (bound.leaveOut) larger = sql`SELECT * FROM (${larger}) AS longer WHERE ${isAlone}`;
    else {
      const told = sql`SELECT *, ${isAlone} AS is_alone FROM (${larger}) AS longer`;
      const own = as(groupBy.map((group, index) => boundKey(group, keys[index] as Sql)));
      larger = sql`SELECT ${list([...own, ...values])} FROM (${told}) AS told`;
    }
  }
  return sql`
    SELECT ${list([...keys, ...values.map((value) => addUp(value, query, dialect))])}
    FROM (${larger}) AS larger
    GROUP BY ${list(keys)}`;
}

/** As many rows as an answer with all of the largest groups needs: one more says that there are others. */
function largestFirst(rows: Sql, query: Bounded, { keys, values }: Columns): Sql {
  const { bound, parts } = query;
  if (bound?.kind !== 'largest') return rows;
  const by = (parts as readonly unknown[]).indexOf(bound.by);
  const limit = new Sql([` LIMIT ${Math.trunc(bound.count) + 1}`], []);
  if (by === -1) return sql`${rows}${limit}`;
  const value = values[by] as Sql;
  return sql`
    SELECT * FROM (${rows}) AS bounded (${list([...keys, ...values])})
    ORDER BY ${query.relation === 'money' ? sql`${value}::DECIMAL(38,0)` : value} DESC${limit}`;
}

/**
 * The SQL of a question with its bound: the statement that counts, in the groups that are asked for and no more rows than that.
 * `rows` has the keys as texts and then the parts.
 */
export function boundRows(rows: Sql, query: Bounded, dialect: Dialect): Sql {
  if (query.groupBy.length === 0) return rows;
  const columns = namedColumns(query);
  const larger = isLarger(query) ? inLargerGroups(rows, query, { ...columns, dialect }) : rows;
  return largestFirst(larger, query, columns);
}

/**
 * The SQL of a question for its first groups: they, one more, and behind the parts of each how many groups there are in which something
 * happened. `rows` as in {@link boundRows}.
 */
export function topRows(rows: Sql, query: TopQuery, dialect: Dialect): Sql {
  const { parts, bound } = query;
  const columns = namedColumns(query);
  const { keys, values } = columns;
  const counted = isLarger(query) ? inLargerGroups(rows, query, { ...columns, dialect }) : rows;
  const value = (part: TopQuery['parts'][number]) => values[parts.indexOf(part)] as Sql;
  const ties = bound.ties.map(({ index, descending }) => {
    const key = dialect.byCodePoint(keys[index] as Sql);
    return descending ? sql`${key} DESC` : key;
  });
  // Not a window over all of them: DuckDB takes a minute for half a million.
  return sql`
    WITH bounded (${list([...keys, ...values])}) AS MATERIALIZED (${counted})
    SELECT *, (SELECT count(*) FROM bounded WHERE ${value('events')} > 0)::${dialect.count}
    FROM bounded
    ORDER BY ${list([sql`${value(bound.by)} DESC`, ...ties])}${new Sql([` LIMIT ${Math.trunc(bound.count) + 1}`], [])}`;
}

/** Rows that one statement may answer: whoever asks for more holds up everybody else. */
export const MOST_ROWS = 300_000;

/** A statement that answers one row more than {@link MOST_ROWS} at most. */
export function limitRows(statement: Sql): Sql {
  return sql`SELECT * FROM (${statement}) AS answered${new Sql([` LIMIT ${MOST_ROWS + 1}`], [])}`;
}
