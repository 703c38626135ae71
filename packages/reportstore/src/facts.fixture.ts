import {
  DIMENSIONS,
  type Dimension,
  type DimensionName,
  FACT_COLUMNS,
  type FactColumn,
  NONE,
} from '@footfall/core/dimension';
import type { EventFact, VisitorDayFacts } from '@footfall/core/fact';
import { COUNT_PARTS, type CountPart, MONEY_PARTS, PARTS } from '@footfall/core/part';
import type { FactFilter, GroupKey, PartQuery } from '@footfall/core/part-query';
import fc from 'fast-check';

/** Random facts and questions for the contract of the report store: few values, so that they meet, and odd ones. */

export const DAYS = ['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31'] as const;

const HOUR = 3_600_000;
const MAX_DURATION = 3 * HOUR;

/** Text that has broken stores before: quotes, escapes, wildcards, letters outside of ASCII, markers of nothing, length. */
export const ODD_TEXTS: readonly string[] = [
  `it's "quoted"`,
  String.raw`back\slash`,
  String.raw`\N`,
  'NULL',
  '100%',
  '100 percent',
  'under_score',
  'underXscore',
  '%',
  '_',
  '$1',
  `'; DROP TABLE event_fact; --`,
  '{"a":[1,2]}',
  'tab\tline\nreturn\r',
  '',
  ' ',
  'Ärger',
  'ÄRGER',
  'ärger',
  'ΟΔΟΣ',
  'οδος',
  'İstanbul',
  'istanbul',
  'Straße',
  '🛒 cart',
  '\ufeffmarked',
  '\ufeff\ufeffmarked\ufeff',
  '👩‍👩‍👧',
  `/${'long/'.repeat(400)}`.slice(0, 2_000),
];

const COMMON_TEXTS = [NONE, NONE, '/a', '/A', '/a/b', 'Google'];
const PROPS = ['plan', `it's`, 'ΟΔΟΣ'];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...COMMON_TEXTS) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_TEXTS) },
);
const bot = fc.constantFrom('false', 'false', 'false', 'true');

/** The same for every dimension. */
function dimensions<T>(value: T): Record<FactColumn, T> {
  return Object.fromEntries(FACT_COLUMNS.map((column) => [column, value])) as Record<FactColumn, T>;
}

const amount = fc.constantFrom(null, '0.10', '19.99', '1234567.000001');
const item = fc.record({
  sku: fc.constantFrom('S1', 'S2', 's1', 'ΟΔΟΣ'),
  name: text,
  category: fc.constantFrom(NONE, 'Kitchen'),
  price: fc.constantFrom('0', '6.17', '0.3'),
  quantity: fc.nat(3),
});

const event = fc.record({
  offset: fc.nat(MAX_DURATION),
  name: fc.oneof(
    { weight: 3, arbitrary: fc.constant('pageview') },
    { weight: 3, arbitrary: fc.constantFrom('engagement', 'purchase', 'refund') },
    { weight: 1, arbitrary: text },
  ),
  exit: fc.boolean(),
  userId: fc.constantFrom(NONE, NONE, 'u1', 'u2'),
  scroll: fc.option(fc.nat(10_000)),
  engagedMs: fc.option(fc.nat(100_000)),
  amount,
  currency: fc.constantFrom('', 'EUR', 'USD', 'JPY'),
  items: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(item, { maxLength: 3 }) },
  ),
  page: text,
  hostname: text,
  props: fc.dictionary(fc.constantFrom(...PROPS), text, { maxKeys: 2, noNullPrototype: true }),
});

const visit = fc.record({
  start: fc.nat(20 * HOUR),
  bounced: fc.boolean(),
  bot,
  texts: fc.record(dimensions(text)),
  events: fc.array(event, { minLength: 1, maxLength: 4 }),
});

type Visit = typeof visit extends fc.Arbitrary<infer T> ? T : never;

function makeFacts(day: string, visits: readonly Visit[]): EventFact[] {
  const midnight = Date.parse(day);
  const hourStart = (at: number) => at - (at % HOUR);
  return visits.flatMap(({ start, bounced, bot: isBot, texts, events }, number) => {
    const first = midnight + start;
    const duration = Math.max(...events.map(({ offset }) => offset));
    const inOrder = events.toSorted((a, b) => a.offset - b.offset);
    return inOrder.map(({ offset, ...own }, index) => ({
      ...texts,
      ...own,
      // As the fold makes them.
      ...(own.name === 'engagement' ? { amount: null, items: [] } : {}),
      bot: isBot,
      eventId: `${number}-${index}`,
      at: first + offset,
      hour: hourStart(first + offset),
      visit: number,
      visitHour: hourStart(first),
      visitDurationMs: duration,
      visitBounced: bounced,
    }));
  });
}

/** Visitor-days of one site and generation, each visitor at most once a day. */
export function visitorDays(siteId: string, generation = 1): fc.Arbitrary<VisitorDayFacts[]> {
  const visitorDay = fc
    .record({
      day: fc.constantFrom(...DAYS),
      visitor: fc.constantFrom('v1', 'v2', 'v3', 'v4', 'v5', 'v6'),
      visits: fc.array(visit, { minLength: 1, maxLength: 3 }),
    })
    .map(({ day, visitor, visits }) => ({ siteId, generation, day, visitor, facts: makeFacts(day, visits) }));
  return fc.uniqueArray(visitorDay, {
    minLength: 1,
    maxLength: 25,
    selector: ({ day, visitor }) => `${day} ${visitor}`,
  });
}

/** One event of a person, in a visit of its own; every dimension `(none)` unless said. */
export function fact(more: Partial<EventFact> = {}): EventFact {
  const at = more.at ?? Date.parse('2026-03-29T10:20:00Z');
  const time = { at, hour: at - (at % HOUR), visit: 0, visitHour: at - (at % HOUR) };
  const visitFacts = { visitDurationMs: 0, visitBounced: true, bot: 'false' };
  const silent = { exit: false, scroll: null, engagedMs: null, amount: null, currency: '', items: [] };
  return {
    ...dimensions(NONE),
    ...time,
    ...visitFacts,
    ...silent,
    eventId: 'e',
    name: 'pageview',
    props: {},
    ...more,
  };
}

const itemDimension: fc.Arbitrary<Dimension> = fc
  .constantFrom('item:sku' as const, 'item:name' as const, 'item:category' as const)
  .map((name) => ({ kind: 'item' as const, name }));

const dimension: fc.Arbitrary<Dimension> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .constantFrom(...(Object.keys(DIMENSIONS) as DimensionName[]))
      .map((name) => ({ kind: 'column' as const, name })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...PROPS, 'absent').map((prop) => ({ kind: 'prop' as const, prop })),
  },
  { weight: 1, arbitrary: itemDimension },
);

/** Patterns on which engines have differed: classes, letters without case, anchors, line ends. */
export const PATTERNS = [
  '^/a',
  'a$',
  '.',
  '^$',
  '[[:upper:]]',
  String.raw`\d+%`,
  'oo|ä',
  '(?i)GOO',
  '^.*$',
  String.raw`\bcart`,
  'l.r',
];

/** Patterns of pages. */
const GLOBS = ['**', '/*', '/**', '*a*', '**e*', 'l.r', '*'];

const matched = fc.oneof(
  text,
  text.map((whole) => whole.slice(1, 4).toWellFormed()),
);

const match: fc.Arbitrary<FactFilter> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('match' as const),
      op: fc.constantFrom('is' as const, 'contains' as const),
      dimension,
      values: fc.array(matched, { maxLength: 3 }),
      caseSensitive: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('match' as const),
      op: fc.constant('matches' as const),
      dimension,
      values: fc.array(fc.constantFrom(...PATTERNS), { maxLength: 2 }),
      caseSensitive: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('match' as const),
      op: fc.constant('glob' as const),
      dimension,
      values: fc.array(fc.constantFrom(...GLOBS), { maxLength: 2 }),
      caseSensitive: fc.constant(true),
    }),
  },
);

const { filter } = fc.letrec<{ filter: FactFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: match },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(tie('filter'), { maxLength: 3 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constantFrom('not' as const, 'has_done' as const), of: tie('filter') }),
    },
  ),
}));

/** Disjoint ranges of {@link DAYS}, ascending: each day is asked for or not. */
const days = fc
  .array(fc.boolean(), { minLength: DAYS.length, maxLength: DAYS.length })
  .map((asked) => DAYS.filter((_day, index) => asked[index]))
  .chain((all) =>
    fc.constantFrom(
      all.map((day) => ({ from: day as string, to: day as string })),
      [{ from: '2026-01-01', to: '2026-12-31' }],
      [{ from: DAYS[1] as string, to: DAYS[3] as string }],
    ),
  );

const between = fc
  .tuple(fc.nat(5 * 24 * HOUR), fc.nat(2 * 24 * HOUR))
  .map(([from, length]) => ({ start: Date.parse(DAYS[0]) + from, end: Date.parse(DAYS[0]) + from + length }));

const goal = fc.record({
  name: fc.constantFrom('Goal 1', `it's`, 'Goal 3'),
  // A filter on goals limits the events of each: it may say anything.
  filter: fc.oneof({ weight: 3, arbitrary: match }, { weight: 1, arbitrary: filter }),
});
const goals = fc.uniqueArray(goal, { maxLength: 3, selector: ({ name }) => name });

const groupKey: fc.Arbitrary<GroupKey> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom({ kind: 'day' as const }, { kind: 'hour' as const }) },
  { weight: 4, arbitrary: dimension.map((of): GroupKey => ({ kind: 'dimension', dimension: of })) },
  { weight: 1, arbitrary: goals.map((of): GroupKey => ({ kind: 'goal', goals: of })) },
);

const CURRENCIES = [
  { codes: ['EUR', ''], negated: false },
  { codes: ['EUR', ''], negated: true },
] as const;

type Asked = Pick<PartQuery, 'relation' | 'parts' | 'groupBy'>;

function listCountParts(family: 'event' | 'visit' | 'engagement'): CountPart[] {
  return COUNT_PARTS.filter((part) => PARTS[part].family === family);
}

/** What is asked by some keys: by the hour, parts of one family only. */
function asked(groupBy: readonly GroupKey[]): fc.Arbitrary<Asked> {
  const byHour = groupBy.some(({ kind }) => kind === 'hour');
  const whole = [...listCountParts('event'), ...listCountParts('visit')];
  const counted = byHour ? [listCountParts('event'), listCountParts('visit')] : [whole];
  const money = fc.record({
    relation: fc.constant('money' as const),
    parts: fc.subarray([...MONEY_PARTS], { minLength: 1 }),
    currency: fc.constantFrom(...CURRENCIES),
    groupBy: fc.constantFrom(groupBy, [...groupBy, { kind: 'currency' as const }]),
  });
  const counts = (relation: 'counts' | 'engagement', parts: CountPart[]) =>
    fc.record({
      relation: fc.constant(relation),
      parts: fc.subarray(parts, { minLength: 1 }),
      groupBy: fc.constant(groupBy),
    });
  return fc.oneof(
    { weight: 3, arbitrary: fc.oneof(...counted.map((parts) => counts('counts', parts))) },
    { weight: 1, arbitrary: counts('engagement', listCountParts('engagement')) },
    { weight: 1, arbitrary: money },
  );
}

/** At most one key of goals, and none twice by hour or day. */
const keys = fc
  .array(groupKey, { maxLength: 3 })
  .map((all) =>
    all.filter(
      ({ kind }, index) => kind === 'dimension' || all.findIndex((one) => one.kind === kind) === index,
    ),
  );

/** Which facts of one site are asked about. */
export function factScopes(siteId: string, generation = 1) {
  return fc.record({
    siteId: fc.constant(siteId),
    generation: fc.constant(generation),
    days,
    filter: fc.option(filter),
    between: fc.option(between, { freq: 4 }),
  });
}

/** Questions to facts of one site: any filter, any groups. */
export function factQueries(siteId: string): fc.Arbitrary<Extract<PartQuery, { source: 'facts' }>> {
  return keys.chain((groupBy) =>
    fc
      .tuple(asked(groupBy), factScopes(siteId))
      .map(
        ([what, scope]) =>
          ({ source: 'facts', ...scope, ...what }) as Extract<PartQuery, { source: 'facts' }>,
      ),
  );
}

/** A condition on one event. */
export const filters: fc.Arbitrary<FactFilter> = filter;

const ROLLED_UP = (Object.keys(DIMENSIONS) as DimensionName[]).filter((name) => DIMENSIONS[name].rollUp);

/** Questions to roll-ups of one site: at most one dimension or the hour, by day or not. */
export function rollUpQueries(siteId: string, generation = 1): fc.Arbitrary<PartQuery> {
  const day: GroupKey = { kind: 'day' };
  const one = fc.oneof(
    fc.constant<GroupKey>({ kind: 'hour' }),
    fc
      .constantFrom(...ROLLED_UP)
      .map((name): GroupKey => ({ kind: 'dimension', dimension: { kind: 'column', name } })),
    itemDimension.map((of): GroupKey => ({ kind: 'dimension', dimension: of })),
  );
  const groups = fc.oneof(
    fc.constantFrom<GroupKey[]>([], [day]),
    one.map((key) => [key]),
    one.chain((key) => fc.constantFrom([key, day], [day, key])),
  );
  return groups.chain((groupBy) =>
    fc
      .tuple(asked(groupBy), days)
      .map(([what, of]) => ({ source: 'rollUps', siteId, generation, days: of, ...what }) as PartQuery),
  );
}
