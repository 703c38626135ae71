import path from 'node:path';
import type { Scope } from '@footfall/core/part-query';
import { countDays, listDays } from '@footfall/core/zone';
import { DUCKDB } from '../duckdb/dialect.ts';
import type { Duck } from '../duckdb/duckdb.ts';
import type { Contents } from '../duckdb/layout.ts';
import { selectedFrom } from '../duckdb/table-file.ts';
import type { TextMatcher } from '../duckdb/text-matcher.ts';
import type { ReaderTime } from '../reader-time.ts';
import { rollUpDimension } from '../roll-up-dimension.ts';
import { columnName } from '../sql/columns.ts';
import type { RollUpsQuery } from '../sql/compile-roll-ups.ts';
import type { FactSource } from '../sql/fact-source.ts';
import { join, Sql, sql } from '../sql/sql.ts';
import type { FileFormats } from './file-formats.ts';
import type { Snapshot } from './in-turn.ts';
import { type FormattedFiles, MONTH_FILES, type MonthFiles } from './month-files.ts';

/** What a reader reads from: one snapshot of Postgres, and files that never change. */
export type ReaderPorts = {
  client: Snapshot;
  duck: Duck;
  filesDir: string;
  formats: FileFormats;
  time: ReaderTime;
  matcher: TextMatcher;
};

/** Where a site's facts are in one generation: files of months, and days that have none yet. */
type Whereabouts = { files: ({ month: string } & FormattedFiles)[]; openDays: string[] };

/** What a reader has found out: its snapshot does not change. */
export type Known = ReaderPorts & { whereabouts: Map<string, Promise<Whereabouts>> };

async function findOut(
  { siteId, generation }: Scope,
  { client }: Pick<ReaderPorts, 'client'>,
): Promise<Whereabouts> {
  const files = await client.query<Whereabouts['files'][number]>(
    `SELECT month, ${MONTH_FILES} FROM reportstore.month_file
     WHERE site_id = $1 AND generation = $2 ORDER BY month`,
    [siteId, generation],
  );
  const open = await client.query<{ day: string }>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day FROM reportstore.day_state
     WHERE site_id = $1 AND generation = $2 AND sealed_version IS NULL`,
    [siteId, generation],
  );
  return { files: files.rows, openDays: open.rows.map(({ day }) => day) };
}

function whereabouts(scope: Scope, known: Known): Promise<Whereabouts> {
  const name = JSON.stringify([scope.siteId, scope.generation]);
  const found = known.whereabouts.get(name) ?? findOut(scope, known);
  known.whereabouts.set(name, found);
  return found;
}

/** Whether all days of a scope are open: then no file has any of them, though it may have their month. */
function areOpen({ days }: Scope, openDays: readonly string[]): boolean {
  const count = days.reduce((sum, { from, to }) => sum + countDays(from, to), 0);
  if (count > openDays.length) return false;
  const open = new Set(openDays);
  return days.every(({ from, to }) => listDays(from, to).every((day) => open.has(day)));
}

/** The files of a month and what they contain. */
export type SealedMonth = FormattedFiles & { contents: Contents };

/** The months of a scope that have files. */
export async function sealedMonths(scope: Scope, known: Known): Promise<SealedMonth[]> {
  const { files, openDays } = await whereabouts(scope, known);
  if (areOpen(scope, openDays)) return [];
  const asked = files.filter(({ month }) =>
    scope.days.some(({ from, to }) => from.slice(0, 7) <= month && month <= to.slice(0, 7)),
  );
  const months: SealedMonth[] = [];
  for (const one of asked)
    months.push({ ...one, contents: await known.formats.contentsOf(known.client, one.format) });
  return months;
}

/** The rows of files as one relation, whatever columns each has. */
export function fileRelation(
  kind: keyof MonthFiles,
  months: readonly SealedMonth[],
  { filesDir, formats }: Known,
): Sql {
  const columns = formats.layout[kind];
  const read = (alike: readonly SealedMonth[]) => {
    const paths = alike.map((files) => sql`${path.join(filesDir, files[kind])}::text`);
    return sql`read_parquet([${join(paths, ', ')}])`;
  };
  const byFormat = [...Map.groupBy(months, ({ format }) => format).values()];
  const [alike = []] = byFormat;
  const lacksNothing = columns.every(({ name }) => alike[0]?.contents[kind].includes(name));
  // DuckDB takes a millisecond longer where columns are named, and all files are alike but after an upgrade.
  if (byFormat.length === 1 && lacksNothing) return sql`${read(alike)} AS fact`;
  const selects = byFormat.map((months) => {
    const contained = months[0]?.contents[kind] ?? [];
    return sql`SELECT ${new Sql([selectedFrom(columns, contained)], [])} FROM ${read(months)}`;
  });
  return sql`(${join(selects, ' UNION ALL ')}) AS fact`;
}

/** The facts of sealed months, and their visits if those have all that facts would tell of visits. */
export function factSource(months: readonly SealedMonth[], known: Known): FactSource {
  const source = { dialect: DUCKDB, relation: fileRelation('facts', months, known) };
  const needed = known.formats.layout.visits;
  const visitsTell = months.every(({ contents }) =>
    needed.every(({ name }) => contents.visits.includes(name)),
  );
  return visitsTell ? { ...source, visits: fileRelation('visits', months, known) } : source;
}

/** Whether roll-ups of a month have all that a question asks for. */
export function canAnswer(query: RollUpsQuery, { dimensions, rollUps }: Contents): boolean {
  return (
    dimensions.includes(rollUpDimension(query.groupBy)) &&
    query.parts.every((part) => rollUps.includes(columnName(part)))
  );
}

export async function hasOpenDays(scope: Scope, known: Known): Promise<boolean> {
  const { openDays } = await whereabouts(scope, known);
  return openDays.some((day) => scope.days.some(({ from, to }) => from <= day && day <= to));
}
