import { FACT_COLUMNS, type FactColumn, NONE } from '@footfall/core/dimension';
import type { EventFact, FactItem } from '@footfall/core/fact';
import { storable } from '../../sql/columns.ts';

/** What of a fact is read again when a visitor-day is judged as a whole. */
export type StoredFact = Record<FactColumn, string> & {
  visit: number;
  at: number;
  props: Readonly<Record<string, string>>;
  items: readonly Pick<FactItem, 'sku' | 'name' | 'category'>[];
};

/** {@link NONE}, of which most columns are. */
const NOTHING = 0;

type Text = string | typeof NOTHING;
type Packed = [
  visit: number,
  at: number,
  columns: Text[],
  props: [name: string, value: string][],
  items: [sku: string, name: string, category: string][],
];

const toText = (text: string): Text => (text === NONE ? NOTHING : storable(text));
const fromText = (text: Text | undefined): string => (typeof text === 'string' ? text : NONE);

function pack(fact: EventFact): Packed {
  return [
    fact.visit,
    fact.at,
    FACT_COLUMNS.map((column) => toText(fact[column])),
    Object.entries(fact.props).map(([name, value]) => [storable(name), storable(value)]),
    fact.items.map(({ sku, name, category }) => [storable(sku), storable(name), storable(category)]),
  ];
}

function unpack([visit, at, columns, props, items]: Packed): StoredFact {
  // A third of the time that entries take: millions of events are read for one funnel.
  const texts = {} as Record<FactColumn, string>;
  for (let index = 0; index < FACT_COLUMNS.length; index++)
    texts[FACT_COLUMNS[index] as FactColumn] = fromText(columns[index]);
  const own = items.map(([sku, name, category]) => ({ sku, name, category }));
  return Object.assign(texts, { visit, at, props: Object.fromEntries(props), items: own });
}

/** The facts of a visitor-day as one text, in their order. */
export function packFacts(facts: readonly EventFact[]): string {
  return JSON.stringify(facts.map(pack));
}

export function unpackFacts(text: string): StoredFact[] {
  return (JSON.parse(text) as Packed[]).map(unpack);
}
