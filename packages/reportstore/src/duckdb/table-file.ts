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

/** Rows that are handed to DuckDB at a time; its own size of a vector. */
const CHUNK = 2_048;

/** A column of a file: how its values are handed over, and what the file makes of them. */
export type Column<Row> = { name: string; type: DuckDBType; cell: (row: Row) => unknown; as: string };

/** A column that is in the file as it is handed over. */
export function column<Row>(name: string, type: DuckDBType, cell: Column<Row>['cell']): Column<Row> {
  return { name, type, cell, as: `"${name}"` };
}

/** The local day, handed over as the number of days since 1970. */
export function dayColumn<Row>(dayOf: (row: Row) => string): Column<Row> {
  const cell = (row: Row) => Date.parse(`${dayOf(row)}T00:00:00Z`) / 86_400_000;
  return { name: 'day', type: INTEGER, cell, as: `DATE '1970-01-01' + day` };
}

const SQL_TYPE = new Map<DuckDBType, string>([
  [INTEGER, 'INTEGER'],
  [BIGINT, 'BIGINT'],
  [BOOLEAN, 'BOOLEAN'],
  [VARCHAR, 'VARCHAR'],
]);

const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** Rows of one kind on their way into a file. */
export type Staging<Row> = { add(row: Row): void; end(): void };

/** Makes a table of a connection for the rows of a file to come. */
export async function stage<Row>(
  connection: DuckDBConnection,
  table: string,
  columns: readonly Column<Row>[],
): Promise<Staging<Row>> {
  const types = columns.map(({ type }) => type);
  const named = columns.map(({ name, type }) => `"${name}" ${SQL_TYPE.get(type)}`);
  await connection.run(`CREATE TEMP TABLE ${table} (${named.join(', ')})`);
  const appender = await connection.createAppender(table);
  let rows: Row[] = [];
  const flush = () => {
    if (rows.length === 0) return;
    const chunk = DuckDBDataChunk.create(types, rows.length);
    columns.forEach(({ cell }, index) => {
      chunk.setColumnValues(index, rows.map(cell) as never[]);
    });
    appender.appendDataChunk(chunk);
    rows = [];
  };
  return {
    add: (row) => {
      rows.push(row);
      if (rows.length === CHUNK) flush();
    },
    end: () => {
      flush();
      appender.closeSync();
    },
  };
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

export type MonthFile<Row> = {
  /** Absolute path of the file to be made. */
  target: string;
  /** Absolute path of the file that it replaces; null when there is none. */
  old: string | null;
  /** Days of which the table has all rows; those of others are taken over from `old`. */
  days: readonly string[];
  table: string;
  columns: readonly Column<Row>[];
  /** Columns that the file is sorted by; absent: days taken over first, then the table as it is. */
  orderBy?: readonly string[];
};

/**
 * Writes a month's rows: those of a staged table, and of all other days from the file before. The file is whole and on the disk
 * under its name when this resolves, or not there.
 */
export async function writeMonth<Row>(
  connection: DuckDBConnection,
  { target, old, days, table, columns, orderBy }: MonthFile<Row>,
): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const replaced = days.map((day) => `DATE ${quoted(day)}`).join(', ');
  const fresh = `SELECT ${columns.map(({ name, as }) => `${as} AS "${name}"`).join(', ')} FROM ${table}`;
  const kept = columns.map(({ name }) => `"${name}"`).join(', ');
  const before =
    old === null
      ? ''
      : `SELECT ${kept} FROM read_parquet(${quoted(old)}) WHERE day NOT IN (${replaced}) UNION ALL `;
  const order = orderBy === undefined ? '' : ` ORDER BY ${orderBy.join(', ')}`;
  await connection.run(
    `COPY (${before}${fresh}${order}) TO ${quoted(`${target}.tmp`)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  await sync(`${target}.tmp`);
  await rename(`${target}.tmp`, target);
  await sync(path.dirname(target));
}
