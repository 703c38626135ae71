import {
  countEvent,
  countPair,
  countVisit,
  countVisitor,
  newTally,
  type Pair,
  PLACE,
  type Tally,
  toCounts,
} from './count.ts';
import {
  DIMENSIONS,
  type DimensionName,
  type FactColumn,
  ITEM_DIMENSIONS,
  type ItemDimensionName,
  type ItemField,
} from './dimension.ts';
import { ENGAGEMENT } from './event-name.ts';
import type { EventFact, FactItem } from './fact.ts';
import { FACT_FIELDS, PAIR_FIELDS, type PairField } from './fact-field.ts';
import { toMicros } from './money.ts';
import { type Amounts, type Counts, type EventsOf, MONEY_PARTS, partsOfEach, zeroAmounts } from './part.ts';

/** Dimension key of the totals of a whole day, and of its hours. */
export const ROLL_UP_ALL = '(all)';
export const ROLL_UP_HOUR = 'time:hour';

export type RollUpDimension = DimensionName | ItemDimensionName | typeof ROLL_UP_ALL | typeof ROLL_UP_HOUR;

/** The totals of one value of one dimension on one local day; hours carry their start in epoch milliseconds as value. */
export type RollUpRow = { dimension: RollUpDimension; value: string; counts: Counts };

/** The amounts of one value of one dimension on one local day in one currency; '' is the site's own. */
export type MoneyRow = { dimension: RollUpDimension; value: string; currency: string; amounts: Amounts };

/** The totals of one value. */
type Cell = {
  counts: Tally;
  money: Map<string, Amounts> | null;
  /** The last visitor and visit counted here, by their running numbers. */
  visitor: number;
  visit: number;
};

/** All values of one dimension. */
type Totals = Map<string, Cell>;

/** Values of one dimension that the roll-ups of a day keep apart: whoever makes up pages or campaigns makes no report slow. */
export const MOST_VALUES = 10_000;

/** What the roll-ups of a day call all values beyond {@link MOST_VALUES} together. */
export const ROLL_UP_OTHER = '(other)';

const EVENTS_PLACE = PLACE.events;
const VISITORS_PLACE = PLACE.visitors;

/** How many values of a dimension the roll-ups of a day do not keep apart. */
export type CutValues = { dimension: RollUpDimension; values: number };

type Valued = [value: string, cell: Cell];

/** Largest first: by events, by visitors, then by the text itself, so that the same events always keep the same values. */
function larger([a, { counts: x }]: Valued, [b, { counts: y }]: Valued): number {
  const more = (place: number) => (y[place] as number) - (x[place] as number);
  return more(EVENTS_PLACE) || more(VISITORS_PLACE) || (a < b ? -1 : 1);
}

/** Adds one value's totals to another's. A visitor of both counts twice, as in any sum over values. */
function addCell(sum: Cell, { counts, money }: Cell): void {
  for (let at = 0; at < counts.length; at++)
    sum.counts[at] = (sum.counts[at] as number) + (counts[at] as number);
  for (const [currency, more] of money ?? []) {
    const amounts = findOrAddAmounts(sum, currency);
    for (const part of MONEY_PARTS) amounts[part] += more[part];
  }
}

/** The largest values, and all others as one: sums over all values stay what they are. */
function withOther(totals: Totals, most: number): Totals {
  if (totals.size <= most) return totals;
  const sorted = [...totals].sort(larger);
  const kept: Totals = new Map();
  for (const [value, cell] of sorted.slice(0, most)) kept.set(value, cell);
  const rest: Cell = { counts: newTally(), money: null, visitor: 0, visit: 0 };
  for (const [, cell] of sorted.slice(most)) addCell(rest, cell);
  const named = kept.get(ROLL_UP_OTHER);
  // Somebody's page may be called like it.
  if (named !== undefined) addCell(rest, named);
  kept.set(ROLL_UP_OTHER, rest);
  return kept;
}

function findOrAddCell(totals: Totals, value: string): Cell {
  let cell = totals.get(value);
  if (cell === undefined) {
    cell = { counts: newTally(), money: null, visitor: 0, visit: 0 };
    totals.set(value, cell);
  }
  return cell;
}

function findOrAddAmounts(cell: Cell, currency: string): Amounts {
  cell.money ??= new Map();
  let amounts = cell.money.get(currency);
  if (amounts === undefined) {
    amounts = zeroAmounts();
    cell.money.set(currency, amounts);
  }
  return amounts;
}

const hasMoney = ({ name, amount }: EventFact): boolean => amount !== null && name !== ENGAGEMENT;

const AMOUNTS = partsOfEach('amount');

const isAmong = (name: string, events: EventsOf): boolean =>
  'name' in events ? name === events.name : name !== events.except;

function addMoney(cell: Cell, { name, amount, currency }: EventFact): void {
  const amounts = findOrAddAmounts(cell, currency);
  const micros = toMicros(amount ?? '0');
  for (const { part, row } of AMOUNTS) if (isAmong(name, row.of)) amounts[part] += 'sum' in row ? micros : 1n;
}

/** With items, revenue and refunds are price times quantity of the items of purchases and refunds. */
function addItemMoney(cell: Cell, { name, amount, currency }: EventFact, items: readonly FactItem[]): void {
  const counted = AMOUNTS.filter(({ row }) =>
    'sum' in row ? row.ofItems === name : amount !== null && isAmong(name, row.of),
  );
  if (counted.length === 0) return;
  const worth = items.reduce((sum, { price, quantity }) => sum + toMicros(price) * BigInt(quantity), 0n);
  const amounts = findOrAddAmounts(cell, currency);
  for (const { part, row } of counted) amounts[part] += 'sum' in row ? worth : 1n;
}

const NOTHING_SENT = Object.fromEntries(PAIR_FIELDS.map((field) => [field, null])) as Pair;

/** Adds what was sent of a page to what is known of it. */
function addToPair(known: Map<string, Pair>, fact: EventFact): void {
  let pair = known.get(fact.page);
  if (pair === undefined) {
    pair = { ...NOTHING_SENT };
    known.set(fact.page, pair);
  }
  for (let index = 0; index < PAIR_FIELDS.length; index++) {
    const field = PAIR_FIELDS[index] as PairField;
    const [before, more] = [pair[field], fact[field]];
    if (more === null) continue;
    if (before === null) pair[field] = more;
    else pair[field] = FACT_FIELDS[field].together === 'largest' ? Math.max(before, more) : before + more;
  }
}

/** The pairs of a visit by the values that its engagement has in a dimension. */
function pairEngagement(
  engagement: readonly EventFact[],
  readText: (fact: EventFact) => string,
): Map<string, Map<string, Pair>> {
  const pairs = new Map<string, Map<string, Pair>>();
  for (const fact of engagement) {
    const value = readText(fact);
    const known = pairs.get(value) ?? new Map<string, Pair>();
    addToPair(known, fact);
    pairs.set(value, known);
  }
  return pairs;
}

/** One visit of a visitor-day. */
type Visit = { first: EventFact; events: EventFact[]; engagement: EventFact[]; money: EventFact[] };

function groupVisits(facts: readonly EventFact[]): Visit[] {
  const visits = new Map<number, Visit>();
  for (const fact of facts) {
    if (fact.bot !== 'false') continue;
    let visit = visits.get(fact.visit);
    if (visit === undefined) {
      visit = { first: fact, events: [], engagement: [], money: [] };
      visits.set(fact.visit, visit);
    }
    (fact.name === ENGAGEMENT ? visit.engagement : visit.events).push(fact);
    if (hasMoney(fact)) visit.money.push(fact);
  }
  return [...visits.values()];
}

const NAMES = Object.keys(DIMENSIONS) as DimensionName[];
const listColumns = (scope: 'event' | 'visit') =>
  NAMES.filter((name) => DIMENSIONS[name].rollUp && DIMENSIONS[name].scope === scope).map((dimension) => ({
    dimension,
    column: DIMENSIONS[dimension].column satisfies FactColumn,
  }));

type Whole = { dimension: RollUpDimension; readText: (first: EventFact) => string };
type Single = {
  dimension: RollUpDimension;
  readText: (fact: EventFact) => string;
  /** The value in which a visit counts, once in each. */
  readVisitText: (fact: EventFact) => string;
};

/** Dimensions in which a visit lies in one value as a whole: what it comes to is counted once and added to each. */
const WHOLE: readonly Whole[] = [
  { dimension: ROLL_UP_ALL, readText: () => ROLL_UP_ALL },
  ...listColumns('visit').map(({ dimension, column }) => ({
    dimension,
    readText: (first: EventFact) => first[column],
  })),
];

/** Dimensions in which each event has a value of its own. */
const SINGLE: readonly Single[] = [
  ...listColumns('event').map(({ dimension, column }) => {
    const readText = (fact: EventFact) => fact[column];
    return { dimension, readText, readVisitText: readText };
  }),
  {
    dimension: ROLL_UP_HOUR,
    readText: ({ hour }) => String(hour),
    readVisitText: ({ visitHour }) => String(visitHour),
  },
];

const ITEMS: readonly { dimension: RollUpDimension; field: ItemField }[] = (
  Object.keys(ITEM_DIMENSIONS) as ItemDimensionName[]
).map((dimension) => ({ dimension, field: ITEM_DIMENSIONS[dimension].field }));

/** All dimensions of which a day has roll-ups, in the order of their rows. */
export const ROLL_UP_DIMENSIONS: readonly RollUpDimension[] = [...WHOLE, ...SINGLE, ...ITEMS].map(
  ({ dimension }) => dimension,
);

/** Adds up one local day of a site, a visitor at a time, into the rows that sealing stores. */
export class DayRollUp {
  readonly #most: number;
  readonly #totals = ROLL_UP_DIMENSIONS.map((): Totals => new Map());
  readonly #ofVisit = newTally();
  #visitors = 0;
  #visits = 0;

  /** At most so many values of each dimension are kept apart; the rest is {@link ROLL_UP_OTHER}. */
  constructor(most = MOST_VALUES) {
    this.#most = most;
  }

  /** Adds all facts of one visitor of the day. Each visitor must be added once; bots are left out. */
  add(visitorDay: readonly EventFact[]): void {
    this.#visitors += 1;
    for (const visit of groupVisits(visitorDay)) {
      this.#visits += 1;
      this.#addWhole(visit);
      SINGLE.forEach((single, index) => {
        this.#addEvents(visit, single, this.#totals[WHOLE.length + index] as Totals);
      });
      if (!visit.events.some(({ items }) => items.length > 0)) continue;
      ITEMS.forEach(({ field }, index) => {
        this.#addItems(visit, field, this.#totals[WHOLE.length + SINGLE.length + index] as Totals);
      });
    }
  }

  #addWhole({ first, events, engagement, money }: Visit): void {
    const sums = this.#ofVisit.fill(0);
    for (const fact of events) countEvent(sums, fact, fact.items);
    if (events[0] !== undefined) countVisit(sums, events[0]);
    for (const ofPages of pairEngagement(engagement, () => '').values())
      for (const pair of ofPages.values()) countPair(sums, pair);
    for (let index = 0; index < WHOLE.length; index++) {
      const cell = findOrAddCell(this.#totals[index] as Totals, (WHOLE[index] as Whole).readText(first));
      for (let at = 0; at < sums.length; at++)
        cell.counts[at] = (cell.counts[at] as number) + (sums[at] as number);
      if (events.length > 0) this.#countVisitor(cell);
      for (const fact of money) addMoney(cell, fact);
    }
  }

  #addEvents({ events, engagement }: Visit, { readText, readVisitText }: Single, totals: Totals): void {
    for (const fact of events) {
      const cell = findOrAddCell(totals, readText(fact));
      countEvent(cell.counts, fact, fact.items);
      if (hasMoney(fact)) addMoney(cell, fact);
      this.#countVisitor(cell);
      this.#countVisit(findOrAddCell(totals, readVisitText(fact)), fact);
    }
    if (engagement.length === 0) return;
    for (const [value, ofPages] of pairEngagement(engagement, readText))
      for (const pair of ofPages.values()) countPair(findOrAddCell(totals, value).counts, pair);
  }

  /** Adds events to the group of each distinct value that one of their items has. */
  #addItems({ events }: Visit, field: ItemField, totals: Totals): void {
    for (const fact of events) {
      for (const [value, items] of Map.groupBy(fact.items, (item) => item[field])) {
        const cell = findOrAddCell(totals, value);
        countEvent(cell.counts, fact, items);
        addItemMoney(cell, fact, items);
        this.#countVisitor(cell);
        this.#countVisit(cell, fact);
      }
    }
  }

  #countVisitor(cell: Cell): void {
    if (cell.visitor === this.#visitors) return;
    cell.visitor = this.#visitors;
    countVisitor(cell.counts);
  }

  #countVisit(cell: Cell, fact: EventFact): void {
    if (cell.visit === this.#visits) return;
    cell.visit = this.#visits;
    countVisit(cell.counts, fact);
  }

  /** The counts of everything added so far. */
  rows(): RollUpRow[] {
    return this.#cells(({ counts }, dimension, value) => [{ dimension, value, counts: toCounts(counts) }]);
  }

  /** The amounts of everything added so far. */
  moneyRows(): MoneyRow[] {
    return this.#cells(({ money }, dimension, value) =>
      [...(money ?? [])].map(([currency, amounts]) => ({ dimension, value, currency, amounts })),
    );
  }

  /** The dimensions with more values than are kept apart. */
  cutValues(): CutValues[] {
    return this.#totals.flatMap((totals, index) => {
      const values = totals.size - this.#most;
      return values > 0 ? [{ dimension: ROLL_UP_DIMENSIONS[index] as RollUpDimension, values }] : [];
    });
  }

  #cells<Row>(rowsOf: (cell: Cell, dimension: RollUpDimension, value: string) => Row[]): Row[] {
    return this.#totals.flatMap((totals, index) =>
      [...withOther(totals, this.#most)].flatMap(([value, cell]) =>
        rowsOf(cell, ROLL_UP_DIMENSIONS[index] as RollUpDimension, value),
      ),
    );
  }
}
