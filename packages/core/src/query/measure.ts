import type { PartQuery, TopQuery } from '../part-query.ts';
import { type Counterparts, findCounterparts } from './counterpart.ts';
import { watchCutValues } from './cut-values.ts';
import { daysOfRange } from './date-range.ts';
import { moveDay } from './day-move.ts';
import { GROUP_LIMITS } from './group-limits.ts';
import { type ImportSource, importedRows, importedSpan, type SiteImports, skipReason } from './imports.ts';
import type { Moment } from './moment.ts';
import type { KnownRange, Query } from './query.ts';
import { type Selection, selectPage } from './rows.ts';
import type { Scope } from './scope.ts';
import { NO_PAUSE, type Pause } from './slices.ts';
import type { Sources } from './sources.ts';
import { buildTable, type Table } from './table.ts';
import type { TableSource } from './table-source.ts';

/**
 * All that was counted for a query: of its own range (`own`), and of the range it is compared with, if there is one; and the page of
 * rows that was asked for.
 */
export type Tables = {
  own: Table;
  compared: Table | undefined;
  selection: Selection;
  /** The dimension of which sealing had added up some values; null: none that was answered. */
  cutDimension: string | null;
};

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

/** Imported days of several ranges, keyed as what they are compared with where there are counterparts. */
function importedOfAll(
  query: Query,
  ranges: readonly KnownRange[],
  { counterparts, ...from }: { counterparts: Counterparts | null } & Parameters<typeof importedIn>[2],
): TableSource['imported'] {
  const readers = ranges.flatMap((range) => importedIn(query, range, from) ?? []);
  if (readers.length === 0) return null;
  return async (dimensions) => {
    const rows = (await Promise.all(readers.map((read) => read(dimensions)))).flat();
    const time = dimensions.findIndex(({ kind }) => kind === 'time');
    if (counterparts === null || time === -1) return rows;
    return rows.map((row) => ({
      ...row,
      key: row.key.with(time, moveDay(row.key[time] ?? '', counterparts.move)),
    }));
  };
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
  const watch = watchCutValues(query, {
    run: (one: PartQuery) => source.run(one),
    top: source.top === undefined ? null : (one: TopQuery) => source.top?.(one) ?? Promise.resolve(null),
  });
  const { run, top } = watch;
  const pause: Pause = () => source.pause?.() ?? NO_PAUSE();
  const count = (
    counted: readonly Moment[],
    counterparts: Counterparts | null,
    alone: TableSource['alone'],
  ) => {
    const ranges = counted.map(({ range }) => range);
    const days = counted.flatMap((moment) => moment.days);
    return buildTable(query, metrics, {
      run,
      top,
      ranges,
      days: days.map(({ day, sealedVersion }) => ({ day, sealed: sealedVersion !== null })),
      counterparts,
      perEuro,
      imported: importedOfAll(query, ranges, { siteImports, imports, counterparts }),
      pause,
      limits,
      alone,
    });
  };
  const [ownMoment, ...others] = moments;
  const { comparison } = query.include;
  const counterparts =
    comparison === null
      ? null
      : findCounterparts({
          own: ownMoment.range,
          compared: others.map(({ range }) => range),
          comparison,
          zone: query.site.timezone,
        });
  const [own, first] = await Promise.all([
    count([ownMoment], null, null),
    counterparts === null ? undefined : count(others, counterparts, null),
  ]);
  const selection = await selectPage(query, own, pause);
  const isAdded = own.alone?.leaveOut === false;
  if (first === undefined || (!isAdded && first.alone === null))
    return { own, compared: first, selection, cutDimension: watch.dimension() };
  // Not all groups of both are looked at one by one: those that are needed.
  const shown: TableSource['alone'] = { keys: selection.page.map(({ key }) => key), leaveOut: true };
  const alone = isAdded ? own.alone : shown;
  const compared = await count(others, counterparts, alone);
  return { own, compared, selection, cutDimension: watch.dimension() };
}
