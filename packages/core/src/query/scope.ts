import { comparedRanges } from './comparison.ts';
import { daysBefore, type ImportSource, NO_IMPORTS, type SiteImports, skipReason } from './imports.ts';
import { type Moment, resolveMoment } from './moment.ts';
import type { KnownRange, Query } from './query.ts';
import type { PartSource, Sources } from './sources.ts';

/** The moment of a query's own range, and those of the ranges that it is compared with, if there are any. */
export type Moments = readonly [own: Moment, ...compared: Moment[]];

/** What a query is about, before anything is counted: its moments, and what imports its site has. */
export type Scope = { moments: Moments; siteImports: SiteImports };

/** What other products had counted of the days before the site's own, when the query wants it. */
async function importsFor(
  { site, include }: Query,
  source: PartSource,
  imports: ImportSource | undefined,
): Promise<SiteImports> {
  const all = include.imports && imports !== undefined ? await imports.of(site.id) : [];
  if (all.length === 0) return NO_IMPORTS;
  const [first] = await source.dayStates(site.id, site.generation, null, null);
  return { all, before: daysBefore(all, first?.day ?? null) };
}

/** The moment of a query; all of its time begins with the first imported day, if such days are part of the answer. */
async function ownMoment(query: Query, source: PartSource, siteImports: SiteImports): Promise<Moment> {
  const [first] = siteImports.before;
  if (first === undefined || query.range.kind !== 'all') return resolveMoment(query, source);
  const moment = await resolveMoment(query, source, first.from);
  return skipReason(query, moment.range, siteImports) === null ? moment : resolveMoment(query, source);
}

/** The moments of the ranges that another is compared with. */
async function comparedMoments(
  { site, include: { comparison } }: Query,
  range: KnownRange,
  source: PartSource,
): Promise<Moment[]> {
  if (comparison === null) return [];
  const ranges = comparedRanges(range, comparison, site.timezone);
  return Promise.all(ranges.map((one) => resolveMoment({ site, range: one }, source)));
}

/**
 * Finds out what a query is about: which days, in which versions, and which imports.
 * @throws what the report store throws
 */
export async function resolveScope(
  query: Query,
  { source, imports }: Pick<Sources, 'source' | 'imports'>,
): Promise<Scope> {
  const siteImports = await importsFor(query, source, imports);
  const moment = await ownMoment(query, source, siteImports);
  const compared = await comparedMoments(query, moment.range, source);
  return { moments: [moment, ...compared], siteImports };
}
