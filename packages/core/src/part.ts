/**
 * The additive parts of which every metric is made: they add up over local days (visitors are per day), so a
 * report over a year is the sum of its days and ratios are taken once, at the very end.
 *
 * The family says which rows a part counts and in which bucket of time: `event` parts belong to the bucket of the event,
 * `visit` parts to the one in which the visit starts; `engagement` parts are of pairs of a visit and a page that sent an
 * `engagement` event, in the bucket of those events; `money` parts are of events with an amount, kept by currency.
 */
export const PARTS = {
  visitors: { family: 'event', unit: 'visitor-days' },
  pageviews: { family: 'event', unit: 'events named pageview' },
  events: { family: 'event', unit: 'events' },
  exits: { family: 'event', unit: 'pageviews that end their visit' },
  orders: { family: 'event', unit: 'events named purchase' },
  itemsSold: { family: 'event', unit: 'pieces in purchases' },
  visits: { family: 'visit', unit: 'visits' },
  bounces: { family: 'visit', unit: 'visits' },
  durationMs: { family: 'visit', unit: 'milliseconds' },
  scrollSum: { family: 'engagement', unit: 'hundredths of a percent, the largest of each pair' },
  scrolled: { family: 'engagement', unit: 'pairs that sent a scroll depth' },
  engagedMs: { family: 'engagement', unit: 'milliseconds' },
  engaged: { family: 'engagement', unit: 'pairs that sent an engaged time' },
  revenue: { family: 'money', unit: 'millionths of the currency' },
  refunded: { family: 'money', unit: 'millionths of the currency' },
  revenueEvents: { family: 'money', unit: 'events other than refund with an amount' },
} as const satisfies Record<string, { family: PartFamily; unit: string }>;

export type PartFamily = 'event' | 'visit' | 'engagement' | 'money';
export type Part = keyof typeof PARTS;
/** Parts whose values are bigints, and are kept by currency. */
export type MoneyPart = 'revenue' | 'refunded' | 'revenueEvents';
export type CountPart = Exclude<Part, MoneyPart>;
export type Counts = Record<CountPart, number>;
export type Amounts = Record<MoneyPart, bigint>;

const PART_NAMES = Object.keys(PARTS) as Part[];
const isMoney = (part: Part): part is MoneyPart => PARTS[part].family === 'money';

export const MONEY_PARTS: readonly MoneyPart[] = PART_NAMES.filter(isMoney);
export const COUNT_PARTS: readonly CountPart[] = PART_NAMES.filter(
  (part): part is CountPart => !isMoney(part),
);

const ZERO = Object.freeze(Object.fromEntries(COUNT_PARTS.map((part) => [part, 0])) as Counts);

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
  return { revenue: 0n, refunded: 0n, revenueEvents: 0n };
}
