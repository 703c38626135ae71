import type { EventLog, PartitionLag } from './event-log.ts';

/** An event is on its way into the log for less than this, milliseconds. */
const IN_FLIGHT_MS = 1_000;

/** Every event received before this instant is in the reports: the oldest that is still on its way, else a second ago. */
export function logReadThrough(lags: readonly Pick<PartitionLag, 'oldestReceivedAt'>[], now: number): number {
  return Math.min(now - IN_FLIGHT_MS, ...lags.map(({ oldestReceivedAt }) => oldestReceivedAt ?? Infinity));
}

/** Where events may still be on their way. */
export type OnTheirWay = {
  log: Pick<EventLog, 'lag'>;
  /** When the oldest event was received that collectors hold because the log was away, epoch milliseconds; null: they hold none. */
  oldestSpooled: () => Promise<number | null>;
};

/**
 * How far the reports reach at a time (epoch milliseconds), asked before they are read. An event moves from the spool to the processor
 * and then to the aggregator: looking in this order it cannot slip through between two.
 */
export async function dataThrough({ log, oldestSpooled }: OnTheirWay, now: number): Promise<number> {
  const spooled = { oldestReceivedAt: await oldestSpooled() };
  const processing = await log.lag('processor', ['events']);
  const aggregating = await log.lag('aggregator', ['touched']);
  return logReadThrough([spooled, ...processing, ...aggregating], now);
}
