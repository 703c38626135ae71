import type { VisitorDayFacts } from '@footfall/core/fact';
import type { PartQuery, PartRow } from '@footfall/core/part-query';
import type { RollUpRow } from '@footfall/core/roll-up';

/**
 * The ReportStore port: facts and roll-ups, all of them replaceable by folding the event store again.
 * Adapters: postgres/ (one machine); Elasticsearch joins as a sibling.
 */

/** A local day of a site in one generation. It is sealed while `sealedVersion` equals `version`: only then roll-ups answer for it. */
export type DayState = {
  siteId: string;
  generation: number;
  day: string;
  version: number;
  sealedVersion: number | null;
};

export interface ReportStore {
  /** Replaces all facts of each visitor-day by those given (none: deletes them) and unseals the days touched, atomically per day. */
  replaceVisitorDays(visitorDays: readonly VisitorDayFacts[]): Promise<void>;
  /**
   * Replaces the roll-ups of a day and seals it, when the day's version is still `version`; answers false, changing nothing, when
   * facts of the day were replaced meanwhile.
   */
  sealDay(
    day: Pick<DayState, 'siteId' | 'generation' | 'day' | 'version'>,
    rollUps: readonly RollUpRow[],
  ): Promise<boolean>;
  /** Days of a site in a generation, ascending; `from` and `to` are inclusive local days, open when null. */
  dayStates(siteId: string, generation: number, from: string | null, to: string | null): Promise<DayState[]>;
  /** Days that are not sealed and not later than `latestDay`, oldest first, at most `limit`, of all sites. */
  unsealedDays(latestDay: string, limit: number): Promise<DayState[]>;
  /**
   * Runs one planned question; rows in no promised order, groups without events absent.
   * @throws Failure `query_timeout` (retriable), `unanswerable`
   */
  run(query: PartQuery): Promise<PartRow[]>;
  /** Deletes all of a site, in all generations; to be called when nobody writes facts of the site any more. */
  deleteSite(siteId: string): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What every adapter is opened with. */
export type ReportStoreOptions = {
  /** Tells connections apart in the engine's own tools. */
  name: string;
  /** Most connections at once; default 5. */
  max?: number;
  /** Longest time of one question, in milliseconds; default 30,000. */
  queryTimeoutMs?: number;
};
