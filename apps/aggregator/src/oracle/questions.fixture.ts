import type { OracleQuery } from './answer.fixture.ts';
import { later } from './calendar.fixture.ts';
import type { Filter } from './keep.fixture.ts';
import { MEASURES } from './measure.fixture.ts';
import { COUNTRIES, COUNTRY_NAMES, REGION_NAMES } from './places.fixture.ts';
import type { Random } from './random.fixture.ts';
import { DEVICES, FIRST_DAY, NAMES, PAGES, PLANS, SKUS, SOURCES } from './stream.fixture.ts';

/** Values to ask for, by dimension; some of them never occur. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'event:name': ['pageview', ...NAMES],
  'event:page': PAGES,
  'event:hostname': ['shop.example', 'bücher.example', 'nowhere'],
  'event:props:plan': [...PLANS, '(none)'],
  'event:props:size': ['xl', '(none)'],
  'visit:source': SOURCES,
  'visit:country': COUNTRIES,
  'visit:device': DEVICES,
  'visit:utm_campaign': ['spring', '(none)'],
  'visit:entry_page': PAGES,
  'visit:exit_page': [...PAGES, '(none)'],
  'visit:hostname': ['m.shop.example'],
  'visit:entry_page_hostname': ['shop.example', 'm.shop.example', '(none)'],
  'visit:exit_page_hostname': ['shop.example', 'm.shop.example', '(none)'],
  'visit:country_name': COUNTRY_NAMES,
  'visit:region_name': REGION_NAMES,
  'item:sku': SKUS,
  'item:name': ['Mug', '茶碗'],
  'item:category': ['Kitchen', '(none)'],
};
const NAMES_OF_DIMENSIONS = Object.keys(VALUES);
const TIMES = ['time:hour', 'time:day', 'time:week', 'time:month'];
export const GOAL_NAMES = ['Signed up', 'Bought', 'Paid', 'Read the blog'];
/** Patterns that RE2 and the platform's own engine understand alike. */
const PATTERNS = ['^/p/', 'bowl', '/(mug|bowl)$', 'o', '^$', '[A-Z]', 'ü', '.b$', '\\(none\\)'];

const randomPiece = (text: string, random: Random): string => {
  const letters = Array.from(text);
  const from = random.below(letters.length);
  return letters.slice(from, from + 1 + random.below(4)).join('');
};

function match(random: Random): Filter {
  const dimension = random.one(NAMES_OF_DIMENSIONS);
  const kind = random.one(['is', 'is', 'is_not', 'contains', 'contains_not', 'matches', 'matches_not']);
  const known = VALUES[dimension] ?? [];
  const values = kind.startsWith('matches')
    ? [random.one(PATTERNS)]
    : random
        .some(known, 1 + random.below(2))
        .map((value) => (kind.startsWith('contains') ? randomPiece(value, random) : value));
  const caseless = random.onceIn(4);
  return [
    kind,
    dimension,
    caseless ? values.map((value) => (kind.startsWith('matches') ? value : value.toUpperCase())) : values,
    ...(caseless ? [{ case_sensitive: false }] : []),
  ];
}

function randomFilter(random: Random, depth: number): Filter {
  if (depth === 0 || !random.onceIn(3)) return match(random);
  const kind = random.one(['and', 'or', 'not', 'has_done', 'has_not_done', 'goal', 'bot']);
  if (kind === 'goal') return [random.one(['is', 'is_not']), 'event:goal', [random.one(GOAL_NAMES)]];
  if (kind === 'bot') return ['is', 'visit:bot', [random.one(['true', 'false'])]];
  if (kind === 'and' || kind === 'or')
    return [kind, [randomFilter(random, depth - 1), randomFilter(random, depth - 1)]];
  return [kind, randomFilter(random, depth - 1)];
}

function randomRange(random: Random): [string, string] {
  if (random.onceIn(5)) {
    const from = Date.parse(FIRST_DAY) + random.below(9 * 24) * 3_600_000 + random.one([0, 1_000, 1_234_000]);
    const instant = (at: number) => `${new Date(at).toISOString().slice(0, 19)}+00:00`;
    // An end that is written :59 would mean the whole of its last second.
    return [instant(from), instant(from + (1 + random.below(40)) * 3_600_000)];
  }
  const from = later(FIRST_DAY, random.below(11) - 1);
  return [from, later(from, random.below(6))];
}

function randomDimensions(random: Random): string[] {
  const texts = random.some(
    [...NAMES_OF_DIMENSIONS, 'event:goal', 'item:sku', 'event:page', 'visit:source'],
    random.below(3),
  );
  const time = random.onceIn(3) ? [random.one(TIMES)] : [];
  return [...new Set(random.onceIn(2) ? [...time, ...texts] : [...texts, ...time])];
}

const WHOLE: readonly [string, string] = [later(FIRST_DAY, -1), later(FIRST_DAY, 11)];

/** What every dashboard asks, over all days. */
export const EVERYDAY_QUESTIONS: readonly OracleQuery[] = (
  [
    [[], []],
    [['visit:source'], []],
    [['event:page'], []],
    [['event:name'], []],
    [['time:day'], []],
    [['time:hour'], []],
    [['time:hour'], [['is', 'event:page', ['/p/mug']]]],
    [
      ['event:page'],
      [
        ['is', 'visit:source', ['Google', 'a%_b']],
        ['is_not', 'visit:country', ['DE']],
      ],
    ],
    [
      ['visit:source'],
      [
        [
          'or',
          [
            ['contains', 'event:page', ['/P/'], { case_sensitive: false }],
            ['not', ['is', 'event:name', ['pageview']]],
          ],
        ],
      ],
    ],
    [['visit:entry_page'], []],
  ] satisfies [string[], Filter[]][]
).map(([dimensions, filters]) => ({
  metrics: ['visitors', 'visits', 'pageviews', 'events', 'bounce_rate', 'visit_duration'],
  date_range: WHOLE,
  dimensions,
  filters,
}));

const COMPARATORS = ['greater_than', 'greater_than_or_equal', 'less_than', 'less_than_or_equal', 'is'];

/** A query of any shape that the API takes. */
export function randomQuery(random: Random): OracleQuery {
  const dimensions = randomDimensions(random);
  const goalFilter: Filter[] = random.onceIn(5)
    ? [['is', 'event:goal', random.some(GOAL_NAMES, 1 + random.below(2))]]
    : [];
  const hasGoal = goalFilter.length > 0 || dimensions.includes('event:goal');
  const allowed = Object.keys(MEASURES).filter((name) => hasGoal || !name.includes('conversion'));
  const metrics = random.some(allowed, 1 + random.below(4));
  const limit: Filter[] = random.onceIn(6)
    ? [[random.one(COMPARATORS), random.one(metrics), [random.below(8)]]]
    : [];
  const filters = Array.from({ length: random.one([0, 0, 1, 1, 2]) }, () => randomFilter(random, 3));
  const orders = random.some([...metrics, ...dimensions], random.below(3));
  return {
    metrics,
    date_range: randomRange(random),
    dimensions,
    filters: [...filters, ...goalFilter, ...limit],
    ...(orders.length > 0
      ? { order_by: orders.map((name) => [name, random.one(['asc', 'desc'] as const)] as const) }
      : {}),
    ...(random.onceIn(5) ? { include: { comparisons: { mode: 'previous_period' } } } : {}),
    ...(random.onceIn(6) ? { pagination: { limit: 1 + random.below(4), offset: random.below(3) } } : {}),
  };
}
