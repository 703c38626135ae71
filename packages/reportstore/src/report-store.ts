import type { EventFact, VisitorDayFacts } from '@footfall/core/fact';
import type {
  FactScope,
  FlowQuery,
  FlowRow,
  FunnelQuery,
  PartQuery,
  PartRow,
  TopQuery,
  TopRows,
  UserDay,
} from '@footfall/core/part-query';
import type { CutValues } from '@footfall/core/roll-up';
import type { ServiceName } from '@footfall/postgres/service-role';
import type { Asker } from './slots.ts';

/**
 * The ReportStore port: facts and roll-ups, all of them replaceable by folding the event store again.
 * Adapters: postgres/ with duckdb/ (one machine); elasticsearch/ (a cluster).
 */

/**
 * A local day of a site in one generation. `sealedVersion` null: the day is open, its facts are replaced visitor by visitor.
 * Else it is sealed: roll-ups and facts answer with what was there at that version; a `version` that is ahead of it is a
 * change that waits for the next sealing.
 */
export type DayState = {
  siteId: string;
  generation: number;
  day: string;
  version: number;
  sealedVersion: number | null;
  /** Receipt of the oldest event that answers for this day may lack, epoch milliseconds; null when they lack none. */
  dirtySince: number | null;
};

/** A local day of a site in one generation. */
export type DayKey = Pick<DayState, 'siteId' | 'generation' | 'day'>;

/** A day in which something changed; `receivedAt` of the oldest event that changed it, epoch milliseconds. */
export type TouchedDay = DayKey & { receivedAt: number };

/** Facts of one visitor on one of the days that are being sealed. */
export type SealedVisitorDay = { day: string; facts: readonly EventFact[] };

/** What the roll-ups of a day that is being sealed do not keep apart. */
export type CutValuesOfDay = CutValues & { day: string };

/** Days of one site, generation and calendar month to be sealed together, with the versions that were read before their facts. */
export type Sealing = {
  siteId: string;
  generation: number;
  /** `YYYY-MM`; all days lie in it. */
  month: string;
  days: readonly { day: string; version: number }[];
};

/** Keeps what is said of days that are being sealed; sealing waits for it. */
export type NoteCutValues = (cut: readonly CutValuesOfDay[]) => Promise<void>;

/** One moment of the store: whatever is asked of one reader is answered from the same state. */
export interface ReportReader {
  /** Days of a site in a generation, ascending; `from` and `to` are inclusive local days, open when null. */
  dayStates(siteId: string, generation: number, from: string | null, to: string | null): Promise<DayState[]>;
  /**
   * Runs one planned question; rows in no promised order, groups without events absent.
   * @throws Failure `query_timeout` (retriable), `too_many_rows`, `unanswerable`
   */
  run(query: PartQuery): Promise<PartRow[]>;
  /**
   * The first groups of a question, or null where they stand in several places, or in an engine that would have to hand over all to tell.
   * @throws as {@link run}
   */
  top(query: TopQuery): Promise<TopRows | null>;
  /** Visitors in each step, as many numbers as steps. */
  funnel(query: FunnelQuery): Promise<number[]>;
  flow(query: FlowQuery): Promise<FlowRow[]>;
  /** Each day and user (other than `(none)`) with an event that is kept, once. */
  userDays(query: FactScope): Promise<UserDay[]>;
  /**
   * Lets others have the event loop, for who works through many rows.
   * @throws Failure `query_timeout` when the time of this reader is over
   */
  pause(): Promise<void>;
}

export interface ReportStore {
  /**
   * Hands a reader to `use`; it is good until the promise of `use` settles, or its time is over. Askers share the store fairly (see
   * slots.ts); who asks for the installation itself names none.
   * @throws Failure `query_timeout`, `too_many_questions`
   */
  read<T>(use: (reader: ReportReader) => Promise<T>, asker?: Asker): Promise<T>;
  /**
   * Replaces all facts of each visitor-day of an open day by those given (none: deletes them), atomically per visitor-day (on
   * Postgres: per call). A day that is sealed already is touched instead (see {@link touchDays}); `receivedAt` is for that case.
   * Answers the days that are behind: sealed, or waiting to be, so that they may lack more than what was given here.
   * @throws Failure `visitor_day_refused` for one that the store cannot keep; all others of the call are written
   */
  replaceVisitorDays(
    visitorDays: readonly (VisitorDayFacts & { receivedAt: number })[],
  ): Promise<readonly DayKey[]>;
  /** Notes that something changed in days that are over: their version grows, so that they are sealed (again). */
  touchDays(days: readonly TouchedDay[]): Promise<void>;
  /**
   * Opens days that are sealed, empty: they lack all that was received since they began, until {@link settleDays} says otherwise. What is
   * not sealed stays as it is.
   */
  reopenDays(days: readonly DayKey[]): Promise<void>;
  /** Open days lack nothing any more but what is on its way through the log. */
  settleDays(days: readonly DayKey[]): Promise<void>;
  /**
   * Days not later than `latestDay` whose version is not sealed, at most `limit`. Sites take turns, so that none hides another: the
   * latest month of each with all such days, ascending, then the month before, and so on. After them sealed days of a few months in
   * which an earlier version of Footfall kept less than this one does, to be sealed anew. With `from` none before that day, and none of
   * the latter.
   */
  staleDays(latestDay: string, limit: number, from?: string): Promise<DayState[]>;
  /**
   * Replaces the facts and roll-ups of whole days by those given (each visitor-day once, any order, in portions) and seals
   * the days at the versions given. False, and nothing changed, when another process is sealing this month right now.
   * A crash at any moment leaves what was there before. `noted` is told which values the roll-ups do not keep apart, after all facts were
   * read and before the days answer from them.
   */
  sealDays(
    sealing: Sealing,
    facts: AsyncIterable<readonly SealedVisitorDay[]>,
    noted?: NoteCutValues,
  ): Promise<boolean>;
  /**
   * Removes from the engine what readers can no longer need, and sees that what it has lost is made anew; cheap when there is nothing.
   * Any process may, on any machine.
   */
  sweep(): Promise<void>;
  /** The same for what an adapter keeps as files in `filesDir`: only a process that has the installation's own folder there may. */
  sweepFiles(): Promise<void>;
  /** Deletes all of a site, in all generations; to be called when nobody writes facts of the site any more. */
  deleteSite(siteId: string): Promise<void>;
  /** Deletes all that a site has of the months before one (`YYYY-MM`), in all generations; may be done again. */
  deleteBefore(siteId: string, month: string): Promise<void>;
  /** Deletes one generation of a site that nobody reads or writes any more; may be done again. */
  deleteGeneration(siteId: string, generation: number): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What every adapter is opened with. */
export type ReportStoreOptions = {
  /** Tells connections apart in the engine's own tools. */
  name: string;
  /** Whose role its connections to Postgres take. */
  role?: ServiceName;
  /** Folder for the files of sealed days, shared by all processes of an installation; adapters without files ignore it. */
  filesDir: string;
  /** Most connections at once; default 5. */
  max?: number;
  /** The clock that all who open the store share, epoch milliseconds; default this machine's. Adapters whose engine tells the time ignore it. */
  now?: () => number;
  /** Longest time of one reader, all that it is asked and what is made of it, in milliseconds; default 30,000. */
  queryTimeoutMs?: number;
};
