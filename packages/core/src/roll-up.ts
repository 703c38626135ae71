import {
  DIMENSIONS,
  type DimensionName,
  type FactColumn,
  ITEM_DIMENSIONS,
  type ItemDimensionName,
  type ItemField,
} from './dimension.ts';
import type { EventFact, FactItem } from './fact.ts';
import { toMicros } from './money.ts';
import { type Amounts, addCounts, type Counts, zeroAmounts, zeroCounts } from './part.ts';

/** Dimension key of the totals of a whole day, and of its hours. */
export const ROLL_UP_ALL = '(all)';
export const ROLL_UP_HOUR = 'time:hour';

export type RollUpDimension = DimensionName | ItemDimensionName | typeof ROLL_UP_ALL | typeof ROLL_UP_HOUR;

/** The totals of one value of one dimension on one local day; hours carry their start in epoch milliseconds as value. */
export type RollUpRow = { dimension: RollUpDimension; value: string; counts: Counts };

/** The amounts of one value of one dimension on one local day in one currency; '' is the site's own. */
export type MoneyRow = { dimension: RollUpDimension; value: string; currency: string; amounts: Amounts };

const ENGAGEMENT = 'engagement';
const PURCHASE = 'purchase';
const REFUND = 'refund';

type Cell = { counts: Counts; money: Map<string, Amounts> | null };

/** All values of one dimension. */
class Totals {
  readonly cells = new Map<string, Cell>();

  of(value: string): Cell {
    let cell = this.cells.get(value);
    if (cell === undefined) {
      cell = { counts: zeroCounts(), money: null };
      this.cells.set(value, cell);
    }
    return cell;
  }
}

function amountsOf(cell: Cell, currency: string): Amounts {
  cell.money ??= new Map();
  let amounts = cell.money.get(currency);
  if (amounts === undefined) {
    amounts = zeroAmounts();
    cell.money.set(currency, amounts);
  }
  return amounts;
}

/** Scroll depth and engaged time of one page within one visit; null where none was sent. */
type Engagement = { scroll: number | null; engagedMs: number | null };

/** One visit, or the part of it that lies in a group. */
type Visit = {
  counts: Counts;
  facts: readonly EventFact[];
  engagement: ReadonlyMap<string, Engagement>;
};

const piecesOf = (items: readonly FactItem[]): number =>
  items.reduce((sum, { quantity }) => sum + quantity, 0);

function countEvent(counts: Counts, fact: EventFact): void {
  counts.events += 1;
  if (fact.name === 'pageview') counts.pageviews += 1;
  if (fact.exit) counts.exits += 1;
  if (fact.name !== PURCHASE) return;
  counts.orders += 1;
  counts.itemsSold += piecesOf(fact.items);
}

function countVisit(counts: Counts, { visitBounced, visitDurationMs }: EventFact): void {
  counts.visits += 1;
  counts.durationMs += visitDurationMs;
  if (visitBounced) counts.bounces += 1;
}

function countEngagement(counts: Counts, { scroll, engagedMs }: Engagement): void {
  if (scroll !== null) {
    counts.scrollSum += scroll;
    counts.scrolled += 1;
  }
  if (engagedMs !== null) {
    counts.engagedMs += engagedMs;
    counts.engaged += 1;
  }
}

function addMoney(cell: Cell, { name, amount, currency }: EventFact): void {
  if (amount === null || name === ENGAGEMENT) return;
  const amounts = amountsOf(cell, currency);
  if (name === REFUND) {
    amounts.refunded += toMicros(amount);
  } else {
    amounts.revenue += toMicros(amount);
    amounts.revenueEvents += 1n;
  }
}

/** Adds a sum into what is known of a key, taking the larger scroll depth and all of the time. */
function addEngagement(known: Map<string, Engagement>, key: string, { scroll, engagedMs }: EventFact): void {
  const sum = known.get(key);
  if (sum === undefined) {
    known.set(key, { scroll, engagedMs });
    return;
  }
  if (scroll !== null) sum.scroll = Math.max(sum.scroll ?? 0, scroll);
  if (engagedMs !== null) sum.engagedMs = (sum.engagedMs ?? 0) + engagedMs;
}

function visitsOf(facts: readonly EventFact[]): Visit[] {
  const visits: Visit[] = [];
  for (const own of Map.groupBy(facts, ({ visit }) => visit).values()) {
    const counts = zeroCounts();
    const engagement = new Map<string, Engagement>();
    const events = own.filter((fact) => fact.name !== ENGAGEMENT);
    for (const fact of own) {
      if (fact.name === ENGAGEMENT) addEngagement(engagement, fact.page, fact);
      else countEvent(counts, fact);
    }
    if (events[0] !== undefined) countVisit(counts, events[0]);
    for (const pair of engagement.values()) countEngagement(counts, pair);
    visits.push({ counts, facts: own, engagement });
  }
  return visits;
}

const NAMES = Object.keys(DIMENSIONS) as DimensionName[];
const rolledUp = (scope: 'event' | 'visit') =>
  NAMES.filter((name) => DIMENSIONS[name].rollUp && DIMENSIONS[name].scope === scope).map(
    (dimension): { dimension: RollUpDimension; column: FactColumn } => ({
      dimension,
      column: DIMENSIONS[dimension].column,
    }),
  );
const VISIT_COLUMNS = rolledUp('visit');
const EVENT_COLUMNS = rolledUp('event');
const ITEM_FIELDS = (Object.keys(ITEM_DIMENSIONS) as ItemDimensionName[]).map(
  (dimension): { dimension: RollUpDimension; field: ItemField } => ({
    dimension,
    field: ITEM_DIMENSIONS[dimension].field,
  }),
);

/** Adds up one local day of a site, a visitor at a time, into the rows that sealing stores. */
export class DayRollUp {
  readonly #totals = new Map<RollUpDimension, Totals>();

  /** Adds all facts of one visitor of the day. Each visitor must be added once; bots are left out. */
  add(visitorDay: readonly EventFact[]): void {
    const facts = visitorDay.filter((fact) => fact.bot === 'false');
    if (facts.length === 0) return;
    const visits = visitsOf(facts);
    this.#addWhole(ROLL_UP_ALL, visits, () => ROLL_UP_ALL);
    for (const { dimension, column } of VISIT_COLUMNS)
      this.#addWhole(dimension, visits, ({ facts: [first] }) => (first as EventFact)[column]);
    for (const { dimension, column } of EVENT_COLUMNS)
      this.#addEvents(dimension, visits, { event: (fact) => fact[column], visitOf: (fact) => fact[column] });
    this.#addEvents(ROLL_UP_HOUR, visits, {
      event: (fact) => String(fact.hour),
      visitOf: (fact) => String(fact.visitHour),
    });
    if (facts.some(({ items }) => items.length > 0))
      for (const { dimension, field } of ITEM_FIELDS) this.#addItems(dimension, visits, field);
  }

  /** Adds whole visits: each lies in one group. */
  #addWhole(dimension: RollUpDimension, visits: readonly Visit[], textOf: (visit: Visit) => string): void {
    const totals = this.#of(dimension);
    const seen = new Set<string>();
    for (const visit of visits) {
      const value = textOf(visit);
      const cell = totals.of(value);
      addCounts(cell.counts, visit.counts);
      if (visit.counts.events > 0 && !seen.has(value)) {
        seen.add(value);
        cell.counts.visitors += 1;
      }
      for (const fact of visit.facts) addMoney(cell, fact);
    }
  }

  /** Adds events to their own groups; a visit counts in the group that `visitOf` names, once in each. */
  #addEvents(
    dimension: RollUpDimension,
    visits: readonly Visit[],
    { event, visitOf }: { event: (fact: EventFact) => string; visitOf: (fact: EventFact) => string },
  ): void {
    const totals = this.#of(dimension);
    const seen = new Set<string>();
    for (const { facts } of visits) {
      const seenVisit = new Set<string>();
      const pairs = new Map<string, Map<string, Engagement>>();
      for (const fact of facts) {
        const value = event(fact);
        if (fact.name === ENGAGEMENT) {
          const known = pairs.get(value) ?? new Map<string, Engagement>();
          addEngagement(known, fact.page, fact);
          pairs.set(value, known);
          continue;
        }
        const cell = totals.of(value);
        countEvent(cell.counts, fact);
        addMoney(cell, fact);
        if (seen.size < seen.add(value).size) cell.counts.visitors += 1;
        const start = visitOf(fact);
        if (seenVisit.size < seenVisit.add(start).size) countVisit(totals.of(start).counts, fact);
      }
      for (const [value, ofPages] of pairs)
        for (const pair of ofPages.values()) countEngagement(totals.of(value).counts, pair);
    }
  }

  /** Adds events to the group of each distinct value that one of their items has. */
  #addItems(dimension: RollUpDimension, visits: readonly Visit[], field: ItemField): void {
    const totals = this.#of(dimension);
    const seen = new Set<string>();
    for (const { facts } of visits) {
      const seenVisit = new Set<string>();
      for (const fact of facts) {
        if (fact.name === ENGAGEMENT) continue;
        for (const [value, items] of Map.groupBy(fact.items, (item) => item[field])) {
          const cell = totals.of(value);
          countEvent(cell.counts, { ...fact, items });
          if (seen.size < seen.add(value).size) cell.counts.visitors += 1;
          if (seenVisit.size < seenVisit.add(value).size) countVisit(cell.counts, fact);
          addItemMoney(cell, fact, items);
        }
      }
    }
  }

  #of(dimension: RollUpDimension): Totals {
    let totals = this.#totals.get(dimension);
    if (totals === undefined) {
      totals = new Totals();
      this.#totals.set(dimension, totals);
    }
    return totals;
  }

  /** The counts of everything added so far. */
  rows(): RollUpRow[] {
    return [...this.#totals].flatMap(([dimension, { cells }]) =>
      [...cells].map(([value, { counts }]) => ({ dimension, value, counts })),
    );
  }

  /** The amounts of everything added so far. */
  moneyRows(): MoneyRow[] {
    return [...this.#totals].flatMap(([dimension, { cells }]) =>
      [...cells].flatMap(([value, { money }]) =>
        [...(money ?? [])].map(([currency, amounts]) => ({ dimension, value, currency, amounts })),
      ),
    );
  }
}

/** With items, revenue and refunds are price times quantity of the items of purchases and refunds. */
function addItemMoney(cell: Cell, { name, amount, currency }: EventFact, items: readonly FactItem[]): void {
  const worth = items.reduce((sum, { price, quantity }) => sum + toMicros(price) * BigInt(quantity), 0n);
  const counts = name !== REFUND && amount !== null;
  if (!counts && name !== PURCHASE && name !== REFUND) return;
  const amounts = amountsOf(cell, currency);
  if (name === PURCHASE) amounts.revenue += worth;
  if (name === REFUND) amounts.refunded += worth;
  if (counts) amounts.revenueEvents += 1n;
}
