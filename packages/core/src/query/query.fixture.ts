import { parseQuery } from './parse.ts';
import type { Query, QuerySite } from './query.ts';

/** When the queries of tests are asked, epoch milliseconds. */
export const NOW = Date.parse('2026-01-09T12:00:00Z');

/** A query as understood, of a site in UTC that shows euros; `body` is as the API takes it, without `site_id`. */
export function buildQuery(body: object, { timezone = 'Etc/UTC', ...more }: Partial<QuerySite> = {}): Query {
  const site = { id: 's', timezone, ...more, generation: 1, currency: 'EUR', goals: [] };
  const defaults = { site_id: 's', metrics: ['visitors'], date_range: ['2026-01-07', '2026-01-07'] };
  return parseQuery({ ...defaults, ...body }, { site, now: NOW });
}
