import type { Pool } from '@footfall/postgres/pool';
import type { QueryResultRow } from 'pg';

/** Where a list that goes back in time goes on: the last row that was shown. */
export type Cursor = { at: Date; id: string };

/** Some rows of a list, latest first; `next` null: there are no more. */
export type Page<Row> = { rows: readonly Row[]; next: Cursor | null };

/** Rows that a page shows. */
export const PAGE_ROWS = 50;

/** A console must not hold up the database for long, milliseconds. */
const TIMEOUT_MS = 10_000;

/** The rows of a statement. */
export async function askRows<Row extends QueryResultRow>(
  pool: Pool,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const statement = { text, values, query_timeout: TIMEOUT_MS };
  return (await pool.query<Row>(statement)).rows;
}

/** A page of rows of which one more was asked for than it shows. */
export function pageFrom<Row extends { id: string; createdAt: Date }>(found: readonly Row[]): Page<Row> {
  const rows = found.slice(0, PAGE_ROWS);
  const last = rows.at(-1);
  const hasMore = found.length > PAGE_ROWS && last !== undefined;
  return { rows, next: hasMore ? { at: last.createdAt, id: last.id } : null };
}
