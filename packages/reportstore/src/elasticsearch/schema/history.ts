import { DIMENSIONS, type DimensionName } from '@footfall/core/dimension';
import type { PartQuery } from '@footfall/core/part-query';
import { rollUpDimension } from '../../roll-up-dimension.ts';

/** What sealed days keep that other versions of the scheme have made: they stay as they are, whatever the scheme is by now. */
export type History = {
  /** Version of the scheme that days are sealed by. */
  version: number;
  /**
   * Of dimensions, parts and columns of facts that came after version 1: the version since which sealed days keep them. Documents
   * without a field read as `(none)` or 0 by themselves; roll-ups of a dimension that they lack would read as nothing.
   */
  keptSince: Readonly<Record<string, number>>;
  /** Days sealed by an earlier version lack something that the event store may know, and are sealed anew. */
  completeSince: number;
};

/**
 * Of mappings, settings and documents together: raised with each change of them, which must be one that indices can be given later.
 * A change that adds a dimension or a part has a line in {@link HISTORY}.
 */
export const SCHEME_VERSION = 3;

export const HISTORY: History = {
  version: SCHEME_VERSION,
  keptSince: {
    botKind: 2,
    entryPageHostname: 3,
    'visit:entry_page_hostname': 3,
    exitPageHostname: 3,
    'visit:exit_page_hostname': 3,
  },
  completeSince: 3,
};

/** The first version by which days have roll-ups that can answer a question. */
export function rollUpsSince(query: PartQuery, { keptSince }: Pick<History, 'keptSince'>): number {
  const dimension = rollUpDimension(query.groupBy);
  const column = DIMENSIONS[dimension as DimensionName]?.column;
  const asked = [dimension, ...(column === undefined ? [] : [column]), ...query.parts];
  return Math.max(1, ...asked.map((name) => keptSince[name] ?? 1));
}
