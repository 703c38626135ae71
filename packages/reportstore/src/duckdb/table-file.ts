import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { makeFolder } from '@footfall/files/make-folder';
import type { StageColumn } from './stage.ts';

const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;

const SQL_TYPE: Readonly<Record<StageColumn<never>['type'], string>> = {
  integer: 'INTEGER',
  bigint: 'BIGINT',
  boolean: 'BOOLEAN',
  text: 'VARCHAR',
  date: 'DATE',
  decimal: 'DECIMAL(38,0)',
};

type TypedColumn = Pick<StageColumn<never>, 'name' | 'type' | 'absent'>;

/** SQL that selects columns of a file which contains some of them; the others have the value of files without them. */
export function selectedFrom(columns: readonly TypedColumn[], contained: readonly string[]): string {
  return columns
    .map(({ name, type, absent }) => {
      if (contained.includes(name)) return `"${name}"`;
      const value = typeof absent === 'string' ? quoted(absent) : String(absent ?? 'NULL');
      return `${value}::${SQL_TYPE[type]} AS "${name}"`;
    })
    .join(', ');
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
  /** The file that it replaces: its absolute path, and which columns it contains; null when there is none. */
  old: { path: string; contained: readonly string[] } | null;
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
  await makeFolder(path.dirname(target));
  const replaced = days.map((day) => `DATE ${quoted(day)}`).join(', ');
  const before =
    old === null
      ? ''
      : `SELECT ${selectedFrom(columns, old.contained)} FROM read_parquet(${quoted(old.path)}) WHERE day NOT IN (${replaced}) UNION ALL `;
  const order = orderBy === undefined ? '' : ` ORDER BY ${orderBy.join(', ')}`;
  await connection.run(
    `COPY (SELECT * FROM (${before}${rows}) AS month${order}) TO ${quoted(`${target}.tmp`)}
     (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${groupRows})`,
  );
  await sync(`${target}.tmp`);
  await rename(`${target}.tmp`, target);
  await sync(path.dirname(target));
}
