import { FACT_COLUMNS, NONE } from '@footfall/core/dimension';
import type { EventFact, FactItem } from '@footfall/core/fact';
import { toMicros } from '@footfall/core/money';
import { piecesOf } from '../../facts.ts';
import { storable } from '../../sql/columns.ts';
import { digitGroupFields } from './digit-groups.ts';
import { propField } from './prop-field.ts';
import { packFacts } from './stored-fact.ts';

/** Where a visitor-day belongs: a build is one writing of one day. */
export type DayOfBuild = { siteId: string; generation: number; day: string; build: string };

type Fields = Record<string, unknown>;

/** Fields of {@link NONE} are left out: most are, and a missing field is as good. */
function columnsOf(fact: EventFact): Fields {
  const fields: Fields = {};
  for (const column of FACT_COLUMNS) if (fact[column] !== NONE) fields[column] = storable(fact[column]);
  return fields;
}

function propsOf({ props }: EventFact): Fields {
  const names = Object.keys(props).filter((name) => props[name] !== NONE);
  if (names.length === 0) return {};
  return {
    props: Object.fromEntries(names.map((name) => [propField(name), storable(props[name] as string)])),
  };
}

/** What any of the items has. */
function anyItem(items: readonly FactItem[]): Fields {
  if (items.length === 0) return {};
  const all = (textOf: (item: FactItem) => string) => [
    ...new Set(items.map((item) => storable(textOf(item)))),
  ];
  return {
    itemSku: all(({ sku }) => sku),
    itemName: all(({ name }) => name),
    itemCategory: all(({ category }) => category),
  };
}

function itemOf({ sku, name, category, price, quantity }: FactItem): Fields {
  return {
    ownSku: storable(sku),
    ownName: storable(name),
    ownCategory: storable(category),
    quantity,
    ...digitGroupFields('worth', toMicros(price) * BigInt(quantity)),
  };
}

/**
 * What engagement adds to its visit and page, so that sums over all events of the pair are those of the pair: the depth by which it
 * is the deepest yet, and whether it is the first to say a depth or a time.
 */
type Pair = { scroll: number | null; engaged: boolean };

function engagementOf(fact: EventFact, pairs: Map<string, Pair>): Fields {
  if (fact.name !== 'engagement') return {};
  const pair = pairs.get(fact.page) ?? { scroll: null, engaged: false };
  pairs.set(fact.page, pair);
  const fields: Fields = {};
  if (fact.scroll !== null) {
    fields.scroll = fact.scroll;
    if (pair.scroll === null) fields.pairScrolled = 1;
    fields.pairScroll = Math.max(0, fact.scroll - (pair.scroll ?? 0));
    pair.scroll = Math.max(fact.scroll, pair.scroll ?? 0);
  }
  if (fact.engagedMs !== null) {
    fields.engagedMs = fact.engagedMs;
    if (!pair.engaged) fields.pairEngaged = 1;
    pair.engaged = true;
  }
  return fields;
}

function eventOf(fact: EventFact, day: string): Fields {
  const { at, hour, visitHour, currency } = fact;
  return {
    ...columnsOf(fact),
    ...propsOf(fact),
    ...anyItem(fact.items),
    ...(fact.amount === null ? {} : { paid: true }),
    day,
    at,
    hour,
    visitHour,
    currency: storable(currency),
  };
}

function visitOf(facts: readonly EventFact[], day: string, pair: string): Fields {
  const [{ visitBounced, visitDurationMs }] = facts as [EventFact];
  const pairs = new Map<string, Pair>();
  const events = facts.map((fact) => {
    const event = eventOf(fact, day);
    const pieces = piecesOf(fact);
    return {
      ...event,
      ...(fact.exit ? { exit: true } : {}),
      ...(pieces === 0 ? {} : { pieces }),
      ...(fact.amount === null ? {} : digitGroupFields('amount', toMicros(fact.amount))),
      ...(fact.name === 'engagement' ? { pair } : {}),
      ...engagementOf(fact, pairs),
      // An item answers the same questions as its event, besides its own.
      ...(fact.items.length === 0
        ? {}
        : { items: fact.items.map((item) => ({ ...event, ...itemOf(item) })) }),
    };
  });
  return { bounced: visitBounced, durationMs: visitDurationMs, events };
}

/** Nested documents that the facts of one visitor-day become. */
export function nestedOf(facts: readonly EventFact[]): number {
  const visits = new Set(facts.map(({ visit }) => visit)).size;
  return facts.reduce((sum, { items }) => sum + 1 + items.length, visits);
}

/** The document of one visitor-day, as JSON; `id` tells it from all others. */
export function visitorDayDocument(id: string, of: DayOfBuild, facts: readonly EventFact[]): string {
  const { siteId, generation, day, build } = of;
  const visits = [...Map.groupBy(facts, ({ visit }) => visit)].map(([number, own]) =>
    visitOf(own, day, `${id}.${number}`),
  );
  return JSON.stringify({ site: siteId, generation, day, build, facts: packFacts(facts), visits });
}
