import type { PartQuery, PartRow, TopQuery, TopRows } from '../part-query.ts';
import type { GroupLimits } from './group-limits.ts';
import type { ImportSource } from './imports.ts';
import type { DaySource } from './moment.ts';
import type { Pause } from './slices.ts';
import type { PerEuro } from './table-source.ts';

/** One moment of the report store as a query sees it. */
export type PartSource = DaySource & {
  run(query: PartQuery): Promise<PartRow[]>;
  /** The first groups of a question; null where only all of them would tell. Absent in a store that cannot. */
  top?: (query: TopQuery) => Promise<TopRows | null>;
  /** Rejects when the time of the whole question is over; absent where others need not be let in. */
  pause?: Pause;
};

/** Where the parts of one answer come from. */
export type Sources = {
  source: PartSource;
  perEuro: PerEuro;
  /** Totals that other products had counted; absent where there are none. */
  imports?: ImportSource | undefined;
  /** {@link GROUP_LIMITS} unless said. */
  limits?: GroupLimits;
};
