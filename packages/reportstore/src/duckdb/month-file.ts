import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import {
  BIGINT,
  BOOLEAN,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import { FACT_COLUMNS } from '@footfall/core/dimension';
import type { EventFact } from '@footfall/core/fact';
import { factItems, piecesOf, toMicrosText } from '../facts.ts';
import type { SealedVisitorDay } from '../report-store.ts';
import { columnName, storable } from '../sql/columns.ts';

const DAY_MS = 86_400_000;
/** Rows that are handed to DuckDB at a time; its own size of a vector. */
const CHUNK = 2_048;

/** Where a row stands: its day, and the visitor's and its own number in it. */
type Row = { dayNumber: number; visitor: number; ordinal: number; fact: EventFact };
type Column = { name: string; type: DuckDBType; cell: (row: Row) => unknown; as: string };

const number = (name: string, type: DuckDBType, cell: Column['cell']): Column => ({
  name,
  type,
  cell,
  as: `"${name}"`,
});
const text = (name: string, cell: Column['cell'], as = `"${name}"`): Column => ({
  name,
  type: VARCHAR,
  cell,
  as,
});

const ITEMS = `[{"sku": "VARCHAR", "name": "VARCHAR", "category": "VARCHAR", "worth": "DECIMAL(38,0)", "quantity": "INTEGER"}]`;

/** The columns of a file: how they are handed over, and what the file makes of them. */
const COLUMNS: readonly Column[] = [
  { name: 'day', type: INTEGER, cell: ({ dayNumber }) => dayNumber, as: `DATE '1970-01-01' + day` },
  number('visitor', INTEGER, ({ visitor }) => visitor),
  number('visit', INTEGER, ({ fact }) => fact.visit),
  number('ordinal', INTEGER, ({ ordinal }) => ordinal),
  number('at', BIGINT, ({ fact }) => BigInt(fact.at)),
  number('hour', BIGINT, ({ fact }) => BigInt(fact.hour)),
  number('visit_hour', BIGINT, ({ fact }) => BigInt(fact.visitHour)),
  number('visit_duration_ms', INTEGER, ({ fact }) => fact.visitDurationMs),
  number('pieces', INTEGER, ({ fact }) => piecesOf(fact)),
  number('scroll', INTEGER, ({ fact }) => fact.scroll),
  number('engaged_ms', INTEGER, ({ fact }) => fact.engagedMs),
  number('visit_bounced', BOOLEAN, ({ fact }) => fact.visitBounced),
  number('exit', BOOLEAN, ({ fact }) => fact.exit),
  ...FACT_COLUMNS.map((column) => text(columnName(column), ({ fact }) => storable(fact[column]))),
  text('currency', ({ fact }) => fact.currency),
  text('amount', ({ fact }) => toMicrosText(fact.amount), 'amount::DECIMAL(38,0)'),
  text('props', ({ fact }) => propsText(fact), 'props::JSON::MAP(VARCHAR, VARCHAR)'),
  text('items', ({ fact }) => itemsText(fact), `from_json(items, '${ITEMS}')`),
];

const SQL_TYPE = new Map<DuckDBType, string>([
  [INTEGER, 'INTEGER'],
  [BIGINT, 'BIGINT'],
  [BOOLEAN, 'BOOLEAN'],
  [VARCHAR, 'VARCHAR'],
]);

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

const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;
const types = COLUMNS.map(({ type }) => type);

function appendRows(connection: DuckDBConnection, table: string) {
  return connection.createAppender(table).then((appender) => {
    let rows: Row[] = [];
    const flush = () => {
      if (rows.length === 0) return;
      const chunk = DuckDBDataChunk.create(types, rows.length);
      COLUMNS.forEach(({ cell }, index) => {
        chunk.setColumnValues(index, rows.map(cell) as never[]);
      });
      appender.appendDataChunk(chunk);
      rows = [];
    };
    return {
      add: (row: Row) => {
        rows.push(row);
        if (rows.length === CHUNK) flush();
      },
      end: () => {
        flush();
        appender.closeSync();
      },
    };
  });
}

/** Writes to the disk what a path names, so that a crash of the machine leaves it there. */
async function sync(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export type MonthFile = {
  /** Absolute path of the file to be made. */
  target: string;
  /** Absolute path of the file that it replaces; null when there is none. */
  old: string | null;
  /** Days whose facts are given; those of others are taken over from `old`. */
  days: readonly string[];
  facts: AsyncIterable<readonly SealedVisitorDay[]>;
};

/** Facts in the order given, in a table of the connection. */
async function stage(connection: DuckDBConnection, table: string, facts: MonthFile['facts']): Promise<void> {
  const columns = COLUMNS.map(({ name, type }) => `"${name}" ${SQL_TYPE.get(type)}`);
  await connection.run(`CREATE TEMP TABLE ${table} (${columns.join(', ')})`);
  const rows = await appendRows(connection, table);
  const visitors = new Map<string, number>();
  for await (const portion of facts) {
    for (const { day, facts: own } of portion) {
      const visitor = visitors.get(day) ?? 0;
      visitors.set(day, visitor + 1);
      const dayNumber = Date.parse(`${day}T00:00:00Z`) / DAY_MS;
      for (const [ordinal, fact] of own.entries()) rows.add({ dayNumber, visitor, ordinal, fact });
    }
  }
  rows.end();
}

/**
 * Writes the facts of a month: those given, and those of all other days from the file before. The file is whole and on the disk
 * under its name when this resolves, or not there.
 */
export async function writeMonthFile(
  connection: DuckDBConnection,
  { target, old, days, facts }: MonthFile,
): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const table = 'staging';
  try {
    await stage(connection, table, facts);
    const replaced = days.map((day) => `DATE ${quoted(day)}`).join(', ');
    const columns = COLUMNS.map(({ name, as }) => `${as} AS "${name}"`).join(', ');
    const kept = COLUMNS.map(({ name }) => `"${name}"`).join(', ');
    const before =
      old === null
        ? ''
        : `SELECT ${kept} FROM read_parquet(${quoted(old)}) WHERE day NOT IN (${replaced}) UNION ALL `;
    await connection.run(
      `COPY (${before}SELECT ${columns} FROM ${table}) TO ${quoted(`${target}.tmp`)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  } finally {
    await connection.run(`DROP TABLE IF EXISTS ${table}`);
  }
  await sync(`${target}.tmp`);
  await rename(`${target}.tmp`, target);
  await sync(path.dirname(target));
}
