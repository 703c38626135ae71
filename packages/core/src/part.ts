import { PAGEVIEW, PURCHASE, REFUND } from './event-name.ts';
import type { EventFlag, PairField, VisitFlag, VisitNumber } from './fact-field.ts';

export type PartFamily = 'event' | 'visit' | 'engagement' | 'money';

/** What a part counts: one for `each` of something that meets its conditions, or the sum of a number that each has. */
export type Counting =
  /** Visitors with an event, each once a local day. */
  | { family: 'event'; each: 'visitor' }
  /** Events: of a name only, or with a flag. */
  | { family: 'event'; each: 'event'; name?: string; flag?: EventFlag }
  /** Pieces in events of a name. Facts keep the sum of theirs in a column of its own. */
  | { family: 'event'; each: 'item'; name: string; sum: 'quantity'; column: string }
  | { family: 'visit'; each: 'visit'; flag?: VisitFlag; sum?: VisitNumber }
  /** Pairs of a visit and a page that have sent a number, or the sum of it. */
  | { family: 'engagement'; each: 'pair'; having: PairField }
  | { family: 'engagement'; each: 'pair'; sum: PairField }
  /** Amounts of events; `ofItems`: where items are asked for, those of events of this name count, price times quantity. */
  | { family: 'money'; each: 'amount'; of: EventsOf; sum: 'amount'; ofItems: string }
  | { family: 'money'; each: 'amount'; of: EventsOf };

/** Events of one name, or of all names but one. */
export type EventsOf = { name: string } | { except: string };

type PartRow = Counting & {
  unit: string;
  /** Of its sum over a day: `integer` stays below 2^31, `bigint` below 2^53; `decimal` has as many digits as it takes. */
  type: 'integer' | 'bigint' | 'decimal';
};

/**
 * The additive parts of which every metric is made: they add up over local days (visitors are per day), so a
 * report over a year is the sum of its days and ratios are taken once, at the very end. Adding one is a row and its test: roll-ups,
 * compilers, files and indices are made from it.
 *
 * The family says which rows a part counts and in which bucket of time: `event` parts belong to the bucket of the event,
 * `visit` parts to the one in which the visit starts; `engagement` parts are of pairs of a visit and a page that sent an
 * `engagement` event, in the bucket of those events; `money` parts are of events with an amount, kept by currency.
 */
export const PARTS = {
  visitors: { family: 'event', each: 'visitor', unit: 'visitor-days', type: 'integer' },
  pageviews: {
    family: 'event',
    each: 'event',
    name: PAGEVIEW,
    unit: 'events named pageview',
    type: 'integer',
  },
  events: { family: 'event', each: 'event', unit: 'events', type: 'integer' },
  exits: {
    family: 'event',
    each: 'event',
    flag: 'exit',
    unit: 'pageviews that end their visit',
    type: 'integer',
  },
  orders: { family: 'event', each: 'event', name: PURCHASE, unit: 'events named purchase', type: 'integer' },
  itemsSold: {
    family: 'event',
    each: 'item',
    name: PURCHASE,
    sum: 'quantity',
    column: 'pieces',
    unit: 'pieces in purchases',
    type: 'integer',
  },
  visits: { family: 'visit', each: 'visit', unit: 'visits', type: 'integer' },
  bounces: { family: 'visit', each: 'visit', flag: 'visitBounced', unit: 'visits', type: 'integer' },
  durationMs: {
    family: 'visit',
    each: 'visit',
    sum: 'visitDurationMs',
    unit: 'milliseconds',
    type: 'bigint',
  },
  scrollSum: {
    family: 'engagement',
    each: 'pair',
    sum: 'scroll',
    unit: 'hundredths of a percent, the largest of each pair',
    type: 'bigint',
  },
  scrolled: {
    family: 'engagement',
    each: 'pair',
    having: 'scroll',
    unit: 'pairs that sent a scroll depth',
    type: 'integer',
  },
  engagedMs: { family: 'engagement', each: 'pair', sum: 'engagedMs', unit: 'milliseconds', type: 'bigint' },
  engaged: {
    family: 'engagement',
    each: 'pair',
    having: 'engagedMs',
    unit: 'pairs that sent an engaged time',
    type: 'integer',
  },
  revenue: {
    family: 'money',
    each: 'amount',
    of: { except: REFUND },
    sum: 'amount',
    ofItems: PURCHASE,
    unit: 'millionths of the currency',
    type: 'decimal',
  },
  refunded: {
    family: 'money',
    each: 'amount',
    of: { name: REFUND },
    sum: 'amount',
    ofItems: REFUND,
    unit: 'millionths of the currency',
    type: 'decimal',
  },
  revenueEvents: {
    family: 'money',
    each: 'amount',
    of: { except: REFUND },
    unit: 'events other than refund with an amount',
    type: 'decimal',
  },
} as const satisfies Readonly<Record<string, PartRow>>;

export type Part = keyof typeof PARTS;
type PartOf<Row> = { [P in Part]: (typeof PARTS)[P] extends Row ? P : never }[Part];
/** Parts whose values are bigints, and are kept by currency. */
export type MoneyPart = PartOf<{ family: 'money' }>;
export type CountPart = Exclude<Part, MoneyPart>;
export type Counts = Record<CountPart, number>;
export type Amounts = Record<MoneyPart, bigint>;

/** The row of a part. */
export const partRow = (part: Part): PartRow => PARTS[part];

const PART_NAMES = Object.keys(PARTS) as Part[];
const isMoney = (part: Part): part is MoneyPart => PARTS[part].family === 'money';

export const MONEY_PARTS: readonly MoneyPart[] = PART_NAMES.filter(isMoney);
export const COUNT_PARTS: readonly CountPart[] = PART_NAMES.filter(
  (part): part is CountPart => !isMoney(part),
);

type PartOfEach<Each extends Counting['each']> = Each extends 'amount' ? MoneyPart : CountPart;

/** Parts that count one kind of thing, with what they count. */
export function partsOfEach<Each extends Counting['each']>(
  each: Each,
): readonly { part: PartOfEach<Each>; row: Extract<PartRow, { each: Each }> }[] {
  return PART_NAMES.flatMap((part) => {
    const row = partRow(part);
    if (row.each !== each) return [];
    return [{ part: part as PartOfEach<Each>, row: row as Extract<PartRow, { each: Each }> }];
  });
}

/** Names of the events whose items are worth something, where items are asked for. */
export const NAMES_WITH_WORTH: readonly string[] = [
  ...new Set(partsOfEach('amount').flatMap(({ row }) => ('sum' in row ? [row.ofItems] : []))),
];

const ZERO = Object.freeze(Object.fromEntries(COUNT_PARTS.map((part) => [part, 0])) as Counts);
const NO_AMOUNTS = Object.freeze(Object.fromEntries(MONEY_PARTS.map((part) => [part, 0n])) as Amounts);

/** All counts at zero: the neutral element of {@link addCounts}. */
export function zeroCounts(): Counts {
  return { ...ZERO };
}

/** Adds `more` into `sum` and returns `sum`; parts absent from `more` count as zero. */
export function addCounts(sum: Counts, more: Partial<Counts>): Counts {
  for (const part in more) sum[part as CountPart] += more[part as CountPart] ?? 0;
  return sum;
}

export function zeroAmounts(): Amounts {
  return { ...NO_AMOUNTS };
}
