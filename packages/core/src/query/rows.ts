import type { MetricName } from '../metric.ts';
import { passesMetricFilter } from './metric-filter.ts';
import { type Row, rowAt, rowOrder } from './order.ts';
import type { Query } from './query.ts';
import type { Table } from './table.ts';

/** The groups of a table that the query's filters of metrics keep, with the metrics it asks for, in its order. */
export function selectRows(query: Query, table: Pick<Table, 'groups' | 'valuesOf'>): Row[] {
  const filters = query.filters.metrics;
  const measured: MetricName[] = filters.map(({ metric }) => metric);
  const rows = table.groups
    .filter(({ key }) => {
      const values = table.valuesOf(key, measured);
      return filters.every((filter, index) => passesMetricFilter(filter, values[index] ?? null));
    })
    .map(({ key }): Row => ({ key, values: table.valuesOf(key, query.metrics) }));
  return rows.sort(rowOrder(query.orderBy, query.dimensions));
}

/** One page of the ordered rows: after the query's cursor, else at its offset; `more` says whether rows follow. */
export function pickPage(query: Query, rows: readonly Row[]): { page: readonly Row[]; more: boolean } {
  const { after, orderBy, dimensions, offset, limit } = query;
  const order = rowOrder(orderBy, dimensions);
  const last = after === null ? null : rowAt(after, orderBy);
  const rest = last === null ? rows.slice(offset) : rows.filter((row) => order(row, last) > 0);
  return { page: rest.slice(0, limit), more: rest.length > limit };
}
