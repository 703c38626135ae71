import {
  DIMENSIONS,
  type Dimension,
  type DimensionName,
  FACT_COLUMNS,
  type FactColumn,
  NONE,
} from '@footfall/core/dimension';
import type { EventFact, VisitorDayFacts } from '@footfall/core/fact';
import { PART_NAMES, PARTS, type Part } from '@footfall/core/part';
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

const event = fc.record({
  offset: fc.nat(MAX_DURATION),
  name: fc.oneof(fc.constant('pageview'), text),
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

function factsOf(day: string, visits: readonly Visit[]): EventFact[] {
  const midnight = Date.parse(day);
  const hourOf = (at: number) => at - (at % HOUR);
  return visits.flatMap(({ start, bounced, bot: isBot, texts, events }, number) => {
    const first = midnight + start;
    const duration = Math.max(...events.map(({ offset }) => offset));
    return events.map(({ offset, ...own }, index) => ({
      ...texts,
      ...own,
      bot: isBot,
      eventId: `${number}-${index}`,
      at: first + offset,
      hour: hourOf(first + offset),
      visit: number,
      visitHour: hourOf(first),
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
    .map(({ day, visitor, visits }) => ({ siteId, generation, day, visitor, facts: factsOf(day, visits) }));
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
  return { ...dimensions(NONE), ...time, ...visitFacts, eventId: 'e', name: 'pageview', props: {}, ...more };
}

const dimension: fc.Arbitrary<Dimension> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...(Object.keys(DIMENSIONS) as DimensionName[]))
      .map((name) => ({ kind: 'column' as const, name })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...PROPS, 'absent').map((prop) => ({ kind: 'prop' as const, prop })),
  },
);

const match: fc.Arbitrary<FactFilter> = fc.record({
  type: fc.constant('match' as const),
  op: fc.constantFrom('is' as const, 'contains' as const),
  dimension,
  values: fc.array(
    fc.oneof(
      text,
      text.map((whole) => whole.slice(1, 4).toWellFormed()),
    ),
    { maxLength: 3 },
  ),
  caseSensitive: fc.boolean(),
});

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
    { weight: 1, arbitrary: fc.record({ type: fc.constant('not' as const), of: tie('filter') }) },
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

const parts = fc.subarray(PART_NAMES, { minLength: 1 });

function ofOneFamily(asked: readonly Part[]): Part[] {
  const family = PARTS[asked[0] as Part].family;
  return asked.filter((part) => PARTS[part].family === family);
}

const groupKey: fc.Arbitrary<GroupKey> = fc.oneof(
  fc.constantFrom({ kind: 'day' as const }, { kind: 'hour' as const }),
  dimension.map((of) => ({ kind: 'dimension' as const, dimension: of })),
);

/** Questions to facts of one site: any filter, any groups. */
export function factQueries(siteId: string, generation = 1): fc.Arbitrary<PartQuery> {
  return fc
    .record({
      source: fc.constant('facts' as const),
      siteId: fc.constant(siteId),
      generation: fc.constant(generation),
      days,
      groupBy: fc.array(groupKey, { maxLength: 3 }),
      parts,
      filter: fc.option(filter),
      between: fc.option(between, { freq: 4 }),
    })
    .map((query) =>
      query.groupBy.some(({ kind }) => kind === 'hour')
        ? { ...query, parts: ofOneFamily(query.parts) }
        : query,
    );
}

const ROLLED_UP = (Object.keys(DIMENSIONS) as DimensionName[]).filter((name) => DIMENSIONS[name].rollUp);

/** Questions to roll-ups of one site: at most one dimension or the hour, by day or not. */
export function rollUpQueries(siteId: string, generation = 1): fc.Arbitrary<PartQuery> {
  const day: GroupKey = { kind: 'day' };
  const one = fc.oneof(
    fc.constant<GroupKey>({ kind: 'hour' }),
    fc
      .constantFrom(...ROLLED_UP)
      .map((name): GroupKey => ({ kind: 'dimension', dimension: { kind: 'column', name } })),
  );
  return fc.record({
    source: fc.constant('rollUps' as const),
    siteId: fc.constant(siteId),
    generation: fc.constant(generation),
    days,
    groupBy: fc.oneof(
      fc.constantFrom([], [day]),
      one.map((key) => [key]),
      one.chain((key) => fc.constantFrom([key, day], [day, key])),
    ),
    parts,
  });
}
