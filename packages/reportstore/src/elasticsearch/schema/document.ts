import { FACT_COLUMNS, NONE } from '@footfall/core/dimension';
import { ENGAGEMENT } from '@footfall/core/event-name';
import type { EventFact, FactItem } from '@footfall/core/fact';
import {
  EVENT_FLAGS,
  FACT_FIELDS,
  PAIR_FIELDS,
  type PairField,
  VISIT_FIELDS,
} from '@footfall/core/fact-field';
import { toMicros } from '@footfall/core/money';
import { ITEM_SUMS } from '../../facts.ts';
import { storable } from '../../sql/columns.ts';
import { digitGroupFields } from './digit-groups.ts';
import { firstOfPair, mergedOfPair, visitField } from './fields.ts';
import { propField } from './prop-field.ts';
import { packFacts } from './stored-fact.ts';

/** Where a visitor-day belongs: a build is one writing of one day. */
export type DayOfBuild = { siteId: string; generation: number; day: string; build: string };

type Fields = Record<string, unknown>;

/** Fields of {@link NONE} are left out: most are, and a missing field is as good. */
function columnFields(fact: EventFact): Fields {
  const fields: Fields = {};
  for (const column of FACT_COLUMNS) if (fact[column] !== NONE) fields[column] = storable(fact[column]);
  return fields;
}

function propFields({ props }: EventFact): Fields {
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

function itemFields({ sku, name, category, price, quantity }: FactItem): Fields {
  return {
    ownSku: storable(sku),
    ownName: storable(name),
    ownCategory: storable(category),
    quantity,
    ...digitGroupFields('worth', toMicros(price) * BigInt(quantity)),
  };
}

/** What was sent of a page up to now; null where nothing was. */
type Pair = Record<PairField, number | null>;

/**
 * What engagement adds to its visit and page, so that sums over all events of the pair are those of the pair; see fields.ts.
 */
function engagementFields(fact: EventFact, pairs: Map<string, Pair>): Fields {
  if (fact.name !== ENGAGEMENT) return {};
  const pair =
    pairs.get(fact.page) ?? (Object.fromEntries(PAIR_FIELDS.map((field) => [field, null])) as Pair);
  pairs.set(fact.page, pair);
  const fields: Fields = {};
  for (const field of PAIR_FIELDS) {
    const [before, value] = [pair[field], fact[field]];
    if (value === null) continue;
    fields[field] = value;
    if (before === null) fields[firstOfPair(field)] = 1;
    if (FACT_FIELDS[field].together === 'largest')
      fields[mergedOfPair(field)] = Math.max(0, value - (before ?? 0));
    pair[field] = Math.max(value, before ?? 0);
  }
  return fields;
}

function eventFields(fact: EventFact, day: string): Fields {
  const { at, hour, visitHour, currency } = fact;
  return {
    ...columnFields(fact),
    ...propFields(fact),
    ...anyItem(fact.items),
    ...(fact.amount === null ? {} : { paid: true }),
    day,
    at,
    hour,
    visitHour,
    currency: storable(currency),
  };
}

/** Flags that hold, and sums of items that are not zero. */
function countedFields(fact: EventFact): Fields {
  const fields: Fields = {};
  for (const flag of EVENT_FLAGS) if (fact[flag]) fields[flag] = true;
  for (const { column, of } of ITEM_SUMS) {
    const total = of(fact);
    if (total !== 0) fields[column] = total;
  }
  return fields;
}

function visitFields(facts: readonly EventFact[], day: string, pair: string): Fields {
  const [first] = facts as [EventFact];
  const pairs = new Map<string, Pair>();
  const events = facts.map((fact) => {
    const event = eventFields(fact, day);
    return {
      ...event,
      ...countedFields(fact),
      ...(fact.amount === null ? {} : digitGroupFields('amount', toMicros(fact.amount))),
      ...(fact.name === ENGAGEMENT ? { pair } : {}),
      ...engagementFields(fact, pairs),
      // An item answers the same questions as its event, besides its own.
      ...(fact.items.length === 0
        ? {}
        : { items: fact.items.map((item) => ({ ...event, ...itemFields(item) })) }),
    };
  });
  return { ...Object.fromEntries(VISIT_FIELDS.map((field) => [visitField(field), first[field]])), events };
}

/** Nested documents that the facts of one visitor-day become. */
export function countNested(facts: readonly EventFact[]): number {
  const visits = new Set(facts.map(({ visit }) => visit)).size;
  return facts.reduce((sum, { items }) => sum + 1 + items.length, visits);
}

/** The document of one visitor-day, as JSON; `id` tells it from all others. */
export function visitorDayDocument(id: string, of: DayOfBuild, facts: readonly EventFact[]): string {
  const { siteId, generation, day, build } = of;
  const visits = [...Map.groupBy(facts, ({ visit }) => visit)].map(([number, own]) =>
    visitFields(own, day, `${id}.${number}`),
  );
  return JSON.stringify({ site: siteId, generation, day, build, facts: packFacts(facts), visits });
}
