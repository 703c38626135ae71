import { FACT_COLUMNS, NONE } from '@footfall/core/dimension';
import { FACT_FIELD_NAMES, FACT_FIELDS, type FactField } from '@footfall/core/fact-field';
import type { Adjustment } from '@footfall/postgres/migrate';
import { ITEM_SUMS } from '../facts.ts';
import { columnName } from '../sql/columns.ts';

/** Columns of `event_fact` that follow from tables of the domain: a row that is new there is a column at the next start. */

const TEXT = `text COLLATE "C" NOT NULL DEFAULT '${NONE}'`;
const WHOLE = 'integer NOT NULL DEFAULT 0';

function fieldType(field: FactField): string {
  const { of, type } = FACT_FIELDS[field];
  if (type === 'flag') return 'boolean NOT NULL DEFAULT false';
  // Null: engagement did not send it.
  return of === 'pair' ? 'integer' : WHOLE;
}

/** Their types in a table that has rows already. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ...FACT_FIELD_NAMES.map((field) => [columnName(field), fieldType(field)] as const),
  ...ITEM_SUMS.map(({ column }) => [columnName(column), WHOLE] as const),
  ...FACT_COLUMNS.map((column) => [columnName(column), TEXT] as const),
]);

async function missingColumns(client: Parameters<Adjustment['missing']>[0]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = to_regclass('reportstore.event_fact') AND attnum > 0 AND NOT attisdropped`,
  );
  const there = new Set(rows.map(({ name }) => name));
  return [...TYPES.keys()].filter((name) => !there.has(name));
}

/** Adds what is missing. A default that is constant rewrites no row, and programs that do not know the column may go on writing. */
export const FACT_TABLE_ADJUSTMENT: Adjustment = {
  missing: async (client) => (await missingColumns(client)).map((name) => `column event_fact.${name}`),
  make: async (client) => {
    const added = (await missingColumns(client)).map((name) => `ADD COLUMN "${name}" ${TYPES.get(name)}`);
    if (added.length > 0) await client.query(`ALTER TABLE reportstore.event_fact ${added.join(', ')}`);
  },
};
