import type { MetricName } from '../metric.ts';
import { passesMetricFilter } from './metric-filter.ts';
import { type Row, rowAt, rowOrder } from './order.ts';
import { isOther } from './other.ts';
import type { Query } from './query.ts';
import { inSlices, type Pause, sortInSlices } from './slices.ts';
import type { Table } from './table.ts';

/** One page of a table's rows, whether rows follow, and how many there are. */
export type Selection = { page: readonly Row[]; more: boolean; total: number };

/** The order of a table's rows; what is added up of smaller groups comes after all groups that stand alone. */
function tableOrder({ orderBy, dimensions }: Query, isCut: boolean): (a: Row, b: Row) => number {
  const order = rowOrder(orderBy, dimensions);
  if (!isCut) return order;
  return (a, b) => Number(isOther(a.key, dimensions)) - Number(isOther(b.key, dimensions)) || order(a, b);
}

/** The groups of a table that the query's filters of metrics keep, with the metrics it asks for, in no order. */
async function measureRows(
  query: Query,
  table: Pick<Table, 'groups' | 'valuesOf'>,
  pause: Pause,
): Promise<Row[]> {
  const filters = query.filters.metrics;
  const measured: MetricName[] = filters.map(({ metric }) => metric);
  const rows: Row[] = [];
  await inSlices(table.groups, pause, ({ key }) => {
    if (filters.length > 0) {
      const values = table.valuesOf(key, measured);
      if (!filters.every((filter, index) => passesMetricFilter(filter, values[index] ?? null))) return;
    }
    rows.push({ key, values: table.valuesOf(key, query.metrics) });
  });
  return rows;
}

/** The page of a table's rows that a query asks for: after its cursor, else at its offset. */
export async function selectPage(
  query: Query,
  table: Pick<Table, 'groups' | 'valuesOf' | 'alone' | 'page'>,
  pause: Pause,
): Promise<Selection> {
  const { after, orderBy, offset, limit } = query;
  const order = tableOrder(query, table.alone?.leaveOut === false);
  const rows = await sortInSlices(await measureRows(query, table, pause), order, pause);
  // The table has no other groups than those of the page.
  if (table.page !== null)
    return { page: rows, more: table.page.more, total: table.page.total ?? rows.length };
  const last = after === null ? null : rowAt(after, orderBy);
  const rest = last === null ? rows.slice(offset) : rows.filter((row) => order(row, last) > 0);
  return { page: rest.slice(0, limit), more: rest.length > limit, total: rows.length };
}
