import type { Dimension } from './dimension.ts';
import type { Part } from './part.ts';

/** A condition on one event fact. Text is compared as Unicode code points, ignoring case only when told to. */
export type FactFilter =
  | { type: 'and' | 'or'; of: readonly FactFilter[] }
  | { type: 'not'; of: FactFilter }
  | { type: 'match'; op: MatchOp; dimension: Dimension; values: readonly string[]; caseSensitive: boolean };

/** `is`: equals one of the values; `contains`: holds one of them. The negative operators are wrapped in `not` by the parser. */
export type MatchOp = 'is' | 'contains';

/** What rows are keyed by: a local day, a local hour (its start in epoch milliseconds) or a dimension's text. */
export type GroupKey = { kind: 'day' } | { kind: 'hour' } | { kind: 'dimension'; dimension: Dimension };

type PartQueryBase = {
  siteId: string;
  generation: number;
  /** Local days, inclusive, `YYYY-MM-DD`; disjoint and ascending. */
  days: readonly { from: string; to: string }[];
  groupBy: readonly GroupKey[];
  parts: readonly Part[];
};

/**
 * One question to the report store, all of whose answers are additive over days. `rollUps` reads the sealed
 * totals (at most one dimension or the hour, no filter); `facts` reads events. In a facts question grouped by
 * hour all parts are of one family: visit parts are keyed by the hour the visit starts in.
 */
export type PartQuery =
  | (PartQueryBase & { source: 'rollUps' })
  | (PartQueryBase & {
      source: 'facts';
      filter: FactFilter | null;
      /** Only events in `[start, end)`, epoch milliseconds. */
      between: { start: number; end: number } | null;
    });

/** One row of the answer: the group's values in the order of `groupBy` (hours as decimal text), and the parts asked for. */
export type PartRow = { key: readonly string[]; parts: Partial<Record<Part, number>> };
