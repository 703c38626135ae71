import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { StageColumn } from './stage.ts';

const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;

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
  /** Days of which `rows` has everything; what there is of others is taken over from `old`. */
  days: readonly string[];
  columns: readonly StageColumn<Row>[];
  /** The SELECT of the new rows; see {@link import('./stage.ts').Stage}. */
  rows: string;
  /** Columns that the file is sorted by; absent: days taken over first, then the rows as they are. */
  orderBy?: readonly string[];
  /** Rows that are read or skipped together. */
  groupRows: number;
};

/**
 * Writes a month's rows: those given, and of all other days those of the file before. The file is whole and on the disk under its
 * name when this resolves, or not there.
 */
export async function writeMonth<Row>(
  connection: DuckDBConnection,
  { target, old, days, columns, rows, orderBy, groupRows }: MonthFile<Row>,
): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const replaced = days.map((day) => `DATE ${quoted(day)}`).join(', ');
  const kept = columns.map(({ name }) => `"${name}"`).join(', ');
  const before =
    old === null
      ? ''
      : `SELECT ${kept} FROM read_parquet(${quoted(old)}) WHERE day NOT IN (${replaced}) UNION ALL `;
  const order = orderBy === undefined ? '' : ` ORDER BY ${orderBy.join(', ')}`;
  await connection.run(
    `COPY (SELECT * FROM (${before}${rows}) AS month${order}) TO ${quoted(`${target}.tmp`)}
     (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${groupRows})`,
  );
  await sync(`${target}.tmp`);
  await rename(`${target}.tmp`, target);
  await sync(path.dirname(target));
}
