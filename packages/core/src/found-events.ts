import { ENGAGEMENT, REFUND } from './event-name.ts';
import { decimalText, toMicros } from './money.ts';
import type { StoredEvent } from './stored-event.ts';

/** What a search among the events of a site has found: what a merchant looks at before it is removed. */
export type FoundEvents = {
  events: number;
  /** Part of `events`. */
  bots: number;
  /** Visitors of a local day, as everywhere: those of several days are their sum. */
  visitors: number;
  /** Local days on which they happened, ascending, with their events; at most {@link MOST_DAYS}. */
  days: readonly { day: string; events: number }[];
  /** How many days there are. */
  dayCount: number;
  /** Events by sender, the largest first; `-`: not noted. At most {@link MOST_SENDERS}. */
  senders: readonly { sender: string; events: number }[];
  /** Amounts of all events but refunds and bots, by currency ('': the site's), as decimal texts. */
  revenue: readonly { currency: string; amount: string }[];
  /** The pages with most events, as examples. */
  pages: readonly { page: string; events: number }[];
};

/** Days that are told one by one: those of ten years. */
const MOST_DAYS = 3_660;
const MOST_SENDERS = 200;
/** Pages that are counted apart while events are looked through, and those that are told. */
const COUNTED_PAGES = 1_000;
const SHOWN_PAGES = 8;
const MICRO_PLACES = 6;

/** What was found so far, as JSON keeps it between two looks. */
export type FoundState = {
  events: number;
  bots: number;
  visitors: number;
  dayCount: number;
  days: Record<string, number>;
  senders: Record<string, number>;
  /** Micros as text. */
  revenue: Record<string, string>;
  pages: Record<string, number>;
};

const NOTHING: FoundState = {
  events: 0,
  bots: 0,
  visitors: 0,
  dayCount: 0,
  days: {},
  senders: {},
  revenue: {},
  pages: {},
};

/** Counts by text, of bounded size: of what comes when it is full only what is known already is counted. */
function boundedCounts(known: Record<string, number>, most: number) {
  const counts = new Map(Object.entries(known));
  return {
    add: (text: string) => {
      const before = counts.get(text);
      if (before !== undefined || counts.size < most) counts.set(text, (before ?? 0) + 1);
    },
    all: () => Object.fromEntries(counts),
  };
}

/** Adds up what is found, a local day of the site after the other: `endDay` after each. It goes on from a `state()`. */
export class FoundSummary {
  readonly #sum: Pick<FoundState, 'events' | 'bots' | 'visitors' | 'dayCount'>;
  readonly #days: Record<string, number>;
  readonly #senders: ReturnType<typeof boundedCounts>;
  readonly #pages: ReturnType<typeof boundedCounts>;
  readonly #revenue: Map<string, bigint>;
  #ofDay = { events: 0, visitors: 0 };

  constructor({ days, senders, pages, revenue, ...sum }: FoundState = NOTHING) {
    this.#sum = { ...sum };
    this.#days = { ...days };
    this.#senders = boundedCounts(senders, MOST_SENDERS);
    this.#pages = boundedCounts(pages, COUNTED_PAGES);
    this.#revenue = new Map(Object.entries(revenue).map(([currency, text]) => [currency, BigInt(text)]));
  }

  /** Adds events of the day; those of a visitor come together. */
  add(events: readonly StoredEvent[]): void {
    this.#ofDay.events += events.length;
    this.#ofDay.visitors += new Set(events.map(({ raw }) => raw.visitor)).size;
    for (const { raw, derived } of events) {
      this.#senders.add(raw.sender ?? '-');
      if (raw.name !== ENGAGEMENT) this.#pages.add(derived.page);
      if (derived.bot) this.#sum.bots += 1;
      else if (raw.revenue !== undefined && raw.name !== REFUND) {
        const { amount, currency } = raw.revenue;
        this.#revenue.set(currency, (this.#revenue.get(currency) ?? 0n) + toMicros(amount));
      }
    }
  }

  endDay(day: string): void {
    const { events, visitors } = this.#ofDay;
    if (events === 0) return;
    this.#sum.events += events;
    this.#sum.visitors += visitors;
    // A day may be looked through in two pieces when the site's zone was changed in between.
    const known = this.#days[day];
    if (known === undefined) this.#sum.dayCount += 1;
    if (known !== undefined || this.#sum.dayCount <= MOST_DAYS) this.#days[day] = (known ?? 0) + events;
    this.#ofDay = { events: 0, visitors: 0 };
  }

  /** To go on from, at the end of a day. */
  state(): FoundState {
    const revenue = [...this.#revenue].map(([currency, micros]) => [currency, String(micros)]);
    return {
      ...this.#sum,
      days: { ...this.#days },
      senders: this.#senders.all(),
      revenue: Object.fromEntries(revenue),
      pages: this.#pages.all(),
    };
  }
}

const bySize = (counts: Record<string, number>) =>
  Object.entries(counts).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));

/** What was found, as people read it. */
export function presentFound(state: FoundState): FoundEvents {
  const { events, bots, visitors, dayCount } = state;
  return {
    events,
    bots,
    visitors,
    dayCount,
    days: Object.entries(state.days)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, count]) => ({ day, events: count })),
    senders: bySize(state.senders).map(([sender, count]) => ({ sender, events: count })),
    revenue: Object.entries(state.revenue)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, micros]) => ({ currency, amount: decimalText(BigInt(micros), MICRO_PLACES, 0) })),
    pages: bySize(state.pages)
      .slice(0, SHOWN_PAGES)
      .map(([page, count]) => ({ page, events: count })),
  };
}
