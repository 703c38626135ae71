import { every } from '@footfall/timing/every';
import { eventLogFailure } from './errors.ts';
import type { EventLog, PartitionLag, Topic } from './event-log.ts';

/** Between two looks, milliseconds: what is asked for costs a Kafka a fetch a partition. */
const LOOK_MS = 10_000;
/** Longer than a partition waits for another consumer, or a batch for a store that comes back. Milliseconds. */
const STANDSTILL_MS = 60_000;

/** Where a partition was when it was seen to move, or to have nothing that waits. */
type Seen = { committed: number; at: number };

const partitionName = ({ stream, partition }: PartitionLag) => `${stream}/${partition}`;

/** The partitions in which something waits, and since when nothing of them was handled. */
export class Standstill {
  readonly #seen = new Map<string, Seen>();

  /** Takes a look at a moment of a monotonic clock, milliseconds. */
  look(lags: readonly PartitionLag[], at: number): void {
    for (const lag of lags) {
      const known = this.#seen.get(partitionName(lag));
      const moves = known === undefined || known.committed !== lag.committed || lag.committed >= lag.end;
      if (moves) this.#seen.set(partitionName(lag), { committed: lag.committed, at });
    }
  }

  /** Partitions that have stood still for so long at a moment, with the longest of these times; milliseconds. */
  standing(at: number, forMs: number): { partitions: string[]; longestMs: number } {
    const still = [...this.#seen].filter(([, seen]) => at - seen.at >= forMs);
    return {
      partitions: still.map(([name]) => name).sort(),
      longestMs: Math.max(0, ...still.map(([, seen]) => at - seen.at)),
    };
  }
}

/** Whether a group of consumers gets on. */
export type Progress = {
  /** Rejects with Failure `standstill` when something has waited for a minute in a partition of which nothing was handled since. For readiness. */
  check(): Promise<void>;
  stop(): Promise<void>;
};

export type ProgressOptions = {
  group: string;
  topics: readonly Topic[];
  /** Milliseconds; for tests. */
  standstillMs?: number;
  lookMs?: number;
};

/**
 * Watches whether a group handles what waits for it: the engines may answer, and yet nobody takes a partition, or its batch fails again
 * and again. A log that cannot be asked is told of by its own check.
 */
export function watchProgress(
  log: Pick<EventLog, 'lag'>,
  { group, topics, standstillMs = STANDSTILL_MS, lookMs = LOOK_MS }: ProgressOptions,
): Progress {
  const standstill = new Standstill();
  const look = async () => standstill.look(await log.lag(group, topics), performance.now());
  const looking = every(lookMs, look, () => undefined);
  return {
    check: async () => {
      const { partitions, longestMs } = standstill.standing(performance.now(), standstillMs);
      if (partitions.length === 0) return;
      const seconds = Math.round(longestMs / 1_000);
      const where = partitions.join(', ');
      throw eventLogFailure('standstill', `nothing of what waits in ${where} was handled for ${seconds} s`, {
        where,
      });
    },
    stop: () => looking.stop(),
  };
}
