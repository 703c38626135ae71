import type { PartQuery } from '../part-query.ts';
import { daysOfRange } from './date-range.ts';
import { type ImportSource, importedRows, importedSpan, type SiteImports, skipReason } from './imports.ts';
import type { Moment } from './moment.ts';
import type { KnownRange, Query } from './query.ts';
import type { Scope } from './scope.ts';
import type { Sources } from './sources.ts';
import { buildTable, type Table, type TableSource } from './table.ts';

/** All that was counted for a query: of its own range (`own`), and of the range it is compared with, if there is one. */
export type Tables = { own: Table; compared: Table | undefined };

/** What reads the imported days of a range; null when they are no part of the answer. */
function importedIn(
  query: Query,
  range: KnownRange,
  { siteImports, imports }: { siteImports: SiteImports; imports: ImportSource | undefined },
): TableSource['imported'] {
  const { site } = query;
  const span = importedSpan(daysOfRange(range, site.timezone), siteImports);
  if (imports === undefined || span === null || skipReason(query, range, siteImports) !== null) return null;
  return (dimensions) => importedRows(dimensions, { siteId: site.id, ...span }, imports);
}

/**
 * Counts what a query asks for, over all of its ranges at the same time.
 * @throws Failure `too_many_buckets`, and what the report store throws
 */
export async function measure(
  query: Query,
  { moments, siteImports }: Scope,
  { source, perEuro, imports }: Sources,
): Promise<Tables> {
  const metrics = [...new Set([...query.metrics, ...query.filters.metrics.map(({ metric }) => metric)])];
  const run = (one: PartQuery) => source.run(one);
  const count = ({ range, days }: Moment) =>
    buildTable(query, metrics, {
      run,
      range,
      days: days.map(({ day, sealedVersion }) => ({ day, sealed: sealedVersion !== null })),
      perEuro,
      imported: importedIn(query, range, { siteImports, imports }),
    });
  const [ownMoment, comparedMoment] = moments;
  const [own, compared] = await Promise.all([count(ownMoment), comparedMoment && count(comparedMoment)]);
  return { own, compared };
}
