import type { Dimension } from './dimension.ts';
import type { Amounts, CountPart, Counts, MoneyPart, Part } from './part.ts';
import type { DayMove } from './query/day-move.ts';

/** A condition on one event fact. Text is compared as Unicode code points, ignoring case only when told to. */
export type FactFilter =
  /** `goals`: the names of the goals that a condition on `event:goal` asks for, of which `of` are the events; stores need not look at it. */
  | { type: 'and' | 'or'; of: readonly FactFilter[]; goals?: readonly string[] }
  | { type: 'not'; of: FactFilter }
  /** Of a visitor who has, anywhere in that local day, an event (other than `engagement`) for which `of` holds. */
  | { type: 'has_done'; of: FactFilter }
  | { type: 'match'; op: MatchOp; dimension: Dimension; values: readonly string[]; caseSensitive: boolean };

/**
 * `is`: equals one of the values; `contains`: holds one of them; `matches`: one of them, as an unanchored regular expression
 * in RE2's syntax, is found in it; `glob`: one of them, as a page pattern (page-pattern.ts), is the whole of it. A condition on an item holds when it holds for any item of the event. The negative
 * operators are wrapped in `not` by the parser.
 */
export type MatchOp = 'is' | 'contains' | 'matches' | 'glob';

/** A goal as stores see it: events for which `filter` holds reach it. */
export type GoalFilter = { name: string; filter: FactFilter };

/** What takes in several days: weeks by the day on which they begin (a Monday unless said), and months. */
export type LongerBucket = 'week' | 'sunday_week' | 'saturday_week' | 'month';

/**
 * What rows are keyed by: a local day, a local hour (its start in epoch milliseconds), a dimension's text, the currency of
 * an amount, or the name of a goal. Where a key has several values for one event (items, goals) the event counts once in
 * the group of each, and events with none are in no group.
 */
export type GroupKey =
  /**
   * With `move`, the day that it is moved to. With `each`, the first day of the week or month of that; a store may answer
   * days all the same, which add up to it.
   */
  | { kind: 'day'; each?: LongerBucket; move?: DayMove }
  | { kind: 'hour' }
  | { kind: 'currency' }
  | { kind: 'dimension'; dimension: Dimension }
  | { kind: 'goal'; goals: readonly GoalFilter[] };

/** Days of one generation of one site. */
export type Scope = {
  siteId: string;
  generation: number;
  /** Local days, inclusive, `YYYY-MM-DD`; disjoint and ascending. */
  days: readonly { from: string; to: string }[];
};

/** Which facts of a scope are looked at. */
export type FactScope = Scope & {
  filter: FactFilter | null;
  /** Only events in `[start, end)`, epoch milliseconds. */
  between: { start: number; end: number } | null;
};

/** Rows whose currency is (or, negated, is not) one of these; '' stands for the site's own. */
export type CurrencyFilter = { codes: readonly string[]; negated: boolean };

/**
 * What a question asks for. `counts` are parts of events and visits, of events only or visits only when grouped by hour;
 * `engagement` parts of pairs of visit and page; `money` parts of amounts.
 */
type Asked =
  | { relation: 'counts' | 'engagement'; parts: readonly CountPart[] }
  | { relation: 'money'; parts: readonly MoneyPart[]; currency: CurrencyFilter };

/** Groups of which a part is equal are in the order of this key, by code point. */
export type KeyOrder = { index: number; descending: boolean };

/**
 * Which groups of a question an answer has; without it all.
 * `largest`: the `count` with most of the part `by` (any, where it is null). An answer of more rows than `count` says that there are more
 * groups, and has at least one row of each of the largest. With `ties` a store may be asked for the very first (see {@link TopRows}).
 * `only`: those whose first keys are one of `keys`; all others are added up in groups whose texts of dimensions are {@link OTHER}, or are
 * left out.
 */
export type GroupBound =
  | { kind: 'largest'; count: number; by: Part | null; ties?: readonly KeyOrder[] }
  | { kind: 'only'; keys: readonly (readonly string[])[]; leaveOut?: boolean };

/** A question of counts for its first groups; `parts` have `by` and `events`. */
export type TopQuery = PartQuery & {
  relation: 'counts';
  bound: Extract<GroupBound, { kind: 'largest' }> & { by: CountPart; ties: readonly KeyOrder[] };
};

/**
 * The first groups of a question, each in one row and in no promised order: `count` of them and one more, or all. `groups`: how many
 * there are in which something happened.
 */
export type TopRows = { rows: PartRow[]; groups: number };

/** Stands for the texts of groups that are added up in one; see {@link GroupBound}. */
export const OTHER = '(other)';

/**
 * One question to the report store, all of whose answers are additive over days. `rollUps` reads the sealed
 * totals (at most one dimension or the hour besides day and currency, no filter); `facts` reads events.
 */
export type PartQuery = Asked & { groupBy: readonly GroupKey[]; bound?: GroupBound } & (
    | ({ source: 'rollUps' } & Scope)
    | ({ source: 'facts' } & FactScope)
  );

/**
 * One row of the answer: the group's values in the order of `groupBy` (hours as decimal text), and the parts asked for. Several
 * rows may have the same key (a store may add up days in portions): whoever reads them adds.
 */
export type PartRow = { key: readonly string[]; counts: Partial<Counts>; amounts?: Partial<Amounts> };

/** How many visitors (of a day) reached each step: in step n are those with events for steps 1…n in this order. */
export type FunnelQuery = FactScope & { steps: readonly FactFilter[] };

/** What came before and after the pageviews for which `page` holds, within their visits. */
export type FlowQuery = FactScope & { page: FactFilter };

/** A page seen directly before or after; null: the visit began or ended there. */
export type FlowRow = { direction: 'before' | 'after'; page: string | null; pageviews: number };

/** A local day on which an identified user had an event. */
export type UserDay = { day: string; userId: string };
