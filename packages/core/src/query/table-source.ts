import type { PartQuery, PartRow, TopQuery, TopRows } from '../part-query.ts';
import type { Counterparts } from './counterpart.ts';
import type { GroupLimits } from './group-limits.ts';
import type { PlannableDay } from './plan.ts';
import type { KnownRange, QueryDimension } from './query.ts';
import type { Pause } from './slices.ts';

/** What one euro buys of currencies on the days of a range, decimal texts by `day currency`; absent where it is not known. */
export type PerEuro = (need: {
  currencies: readonly string[];
  from: string;
  to: string;
}) => Promise<ReadonlyMap<string, string>>;

/** Where a table's numbers come from: one moment of the report store, the days that it knows, and the operator's rates. */
export type TableSource = {
  run(query: PartQuery): Promise<PartRow[]>;
  /** See {@link import('./sources.ts').PartSource}. */
  top: ((query: TopQuery) => Promise<TopRows | null>) | null;
  /** One; or those that another range is compared with, of which there may be none. */
  ranges: readonly KnownRange[];
  days: readonly PlannableDay[];
  /** Of ranges that another is compared with: their groups are those that the other's are compared with. */
  counterparts: Counterparts | null;
  perEuro: PerEuro;
  /** Rows of days that another product had counted, where they are part of the answer. */
  imported: ((dimensions: readonly QueryDimension[]) => Promise<readonly PartRow[]>) | null;
  pause: Pause;
  limits: GroupLimits;
  /** The groups that are to stand alone; null: all, and the largest where those are too many. */
  alone: Alone | null;
};

/** Groups that stand alone, and whether all others are added up or left out. */
export type Alone = { keys: readonly (readonly string[])[]; leaveOut: boolean };
