import { BIGINT, BOOLEAN, INTEGER, VARCHAR } from '@duckdb/node-api';
import { FACT_COLUMNS } from '@footfall/core/dimension';
import type { EventFact } from '@footfall/core/fact';
import { factItems, piecesOf, toMicrosText } from '../facts.ts';
import type { SealedVisitorDay } from '../report-store.ts';
import { columnName, storable } from '../sql/columns.ts';
import { type Column, column, dayColumn, type Staging } from './table-file.ts';

/** Where a fact stands: its day, and the visitor's and its own number in it. */
export type FactRow = { day: string; visitor: number; ordinal: number; fact: EventFact };

type Fact = Column<FactRow>;

const text = (name: string, cell: Fact['cell'], as = `"${name}"`): Fact => ({
  name,
  type: VARCHAR,
  cell,
  as,
});

const ITEMS =
  '[{"sku": "VARCHAR", "name": "VARCHAR", "category": "VARCHAR", "worth": "DECIMAL(38,0)", "quantity": "INTEGER"}]';

/** The columns of a file of facts; the same as those of `event_fact`, but that visitors are numbers. */
export const FACT_FILE: readonly Fact[] = [
  dayColumn(({ day }) => day),
  column('visitor', INTEGER, ({ visitor }) => visitor),
  column('visit', INTEGER, ({ fact }) => fact.visit),
  column('ordinal', INTEGER, ({ ordinal }) => ordinal),
  column('at', BIGINT, ({ fact }) => BigInt(fact.at)),
  column('hour', BIGINT, ({ fact }) => BigInt(fact.hour)),
  column('visit_hour', BIGINT, ({ fact }) => BigInt(fact.visitHour)),
  column('visit_duration_ms', INTEGER, ({ fact }) => fact.visitDurationMs),
  column('pieces', INTEGER, ({ fact }) => piecesOf(fact)),
  column('scroll', INTEGER, ({ fact }) => fact.scroll),
  column('engaged_ms', INTEGER, ({ fact }) => fact.engagedMs),
  column('visit_bounced', BOOLEAN, ({ fact }) => fact.visitBounced),
  column('exit', BOOLEAN, ({ fact }) => fact.exit),
  ...FACT_COLUMNS.map((name) => text(columnName(name), ({ fact }) => storable(fact[name]))),
  text('currency', ({ fact }) => fact.currency),
  text('amount', ({ fact }) => toMicrosText(fact.amount), 'amount::DECIMAL(38,0)'),
  text('props', ({ fact }) => propsText(fact), 'props::JSON::MAP(VARCHAR, VARCHAR)'),
  text('items', ({ fact }) => itemsText(fact), `from_json(items, '${ITEMS}')`),
];

function propsText({ props }: EventFact): string | null {
  const entries = Object.entries(props);
  if (entries.length === 0) return null;
  return JSON.stringify(
    Object.fromEntries(entries.map(([name, value]) => [storable(name), storable(value)])),
  );
}

function itemsText(fact: EventFact): string | null {
  return fact.items.length === 0 ? null : JSON.stringify(factItems(fact));
}

/** Stages facts in the order given; visitors are numbered day by day, so that no id of theirs gets into a file. */
export async function stageFacts(
  rows: Staging<FactRow>,
  facts: AsyncIterable<readonly SealedVisitorDay[]>,
): Promise<void> {
  const visitors = new Map<string, number>();
  for await (const portion of facts) {
    for (const { day, facts: own } of portion) {
      const visitor = visitors.get(day) ?? 0;
      visitors.set(day, visitor + 1);
      for (const [ordinal, fact] of own.entries()) rows.add({ day, visitor, ordinal, fact });
    }
  }
  rows.end();
}
