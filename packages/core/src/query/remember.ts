import { LOGIC_VERSION } from '../logic-version.ts';
import type { LabelStyle } from './label-style.ts';
import type { Tables } from './measure.ts';
import type { Body } from './present.ts';
import type { Query } from './query.ts';
import type { Scope } from './scope.ts';

/** An answer in the making: `keep` says whether it may be given again for the same key. */
export type Made = { body: Body; keep: boolean };

/** Answers from memory what was made for the same key, once for many that ask at the same time. */
export type Remember = (key: string, make: () => Promise<Made>) => Promise<Body>;

/** Text that is equal for queries that have the same answer as long as the site's days have the same versions. */
export function memoryKey(query: Query, { moments, siteImports }: Scope, labels: LabelStyle): string {
  const { site, metrics, dimensions, filters, orderBy, include, limit, offset, after } = query;
  const versions = moments.map(({ range, days }) => [
    range,
    // What is made anew because an earlier version kept less has the version that it had.
    days.map(({ day, version, sealedVersion, dirtySince }) => [day, version, sealedVersion, dirtySince]),
  ]);
  return JSON.stringify([
    LOGIC_VERSION,
    labels,
    site,
    [versions, siteImports],
    [metrics, dimensions, filters, orderBy, include, limit, offset, after],
  ]);
}

/** Whether what was counted may be given again: rates of foreign money change without a new version of any day. */
export function mayKeep({ own, compared }: Tables): boolean {
  return !own.hasForeign && !compared?.hasForeign;
}
