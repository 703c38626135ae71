import type { PartQuery } from '../part-query.ts';
import { comparedKeys } from './compared-keys.ts';
import { daysOfRange } from './date-range.ts';
import { GROUP_LIMITS } from './group-limits.ts';
import { type ImportSource, importedRows, importedSpan, type SiteImports, skipReason } from './imports.ts';
import type { Moment } from './moment.ts';
import type { KnownRange, Query } from './query.ts';
import { type Selection, selectPage } from './rows.ts';
import type { Scope } from './scope.ts';
import { NO_PAUSE, type Pause } from './slices.ts';
import type { Sources } from './sources.ts';
import { buildTable, type Table, type TableSource } from './table.ts';

/**
 * All that was counted for a query: of its own range (`own`), and of the range it is compared with, if there is one; and the page of
 * rows that was asked for.
 */
export type Tables = { own: Table; compared: Table | undefined; selection: Selection };

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

/** The groups whose numbers of the other range are needed, when not all groups of both are looked at one by one. */
function groupsToCompare(
  query: Query,
  { own, compared, selection }: { own: Table; compared: Table; selection: Selection },
): readonly (readonly string[])[] | null {
  if (own.alone === null && compared.alone === null) return null;
  const findKey = comparedKeys(query, own, compared);
  return (own.alone ?? selection.page.map(({ key }) => key)).map(findKey);
}

/**
 * Counts what a query asks for, over all of its ranges at the same time.
 * @throws Failure `too_many_buckets`, and what the report store throws
 */
export async function measure(
  query: Query,
  { moments, siteImports }: Scope,
  { source, perEuro, imports, limits = GROUP_LIMITS }: Sources,
): Promise<Tables> {
  const metrics = [...new Set([...query.metrics, ...query.filters.metrics.map(({ metric }) => metric)])];
  const run = (one: PartQuery) => source.run(one);
  const pause: Pause = () => source.pause?.() ?? NO_PAUSE();
  const count = ({ range, days }: Moment, alone: TableSource['alone'] = null) =>
    buildTable(query, metrics, {
      run,
      range,
      days: days.map(({ day, sealedVersion }) => ({ day, sealed: sealedVersion !== null })),
      perEuro,
      imported: importedIn(query, range, { siteImports, imports }),
      pause,
      limits,
      alone,
    });
  const [ownMoment, comparedMoment] = moments;
  const [own, first] = await Promise.all([count(ownMoment), comparedMoment && count(comparedMoment)]);
  const selection = await selectPage(query, own, pause);
  if (comparedMoment === undefined || first === undefined) return { own, compared: undefined, selection };
  const alone = groupsToCompare(query, { own, compared: first, selection });
  return { own, compared: alone === null ? first : await count(comparedMoment, alone), selection };
}
