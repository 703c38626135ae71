import type { EventLog, PartitionLag } from './event-log.ts';

/** An event is on its way into the log for less than this, milliseconds. */
const IN_FLIGHT_MS = 1_000;

/** Every event received before this instant is in the reports: the oldest that is still on its way, else a second ago. */
export function throughOf(lags: readonly Pick<PartitionLag, 'oldestReceivedAt'>[], now: number): number {
  return Math.min(now - IN_FLIGHT_MS, ...lags.map(({ oldestReceivedAt }) => oldestReceivedAt ?? Infinity));
}

/**
 * How far the reports reach at a time (epoch milliseconds), asked before they are read. An event moves from the processor to
 * the aggregator: looking in this order it cannot slip through between the two.
 */
export async function dataThrough(log: EventLog, now: number): Promise<number> {
  const processing = await log.lag('processor', ['events']);
  const aggregating = await log.lag('aggregator', ['touched']);
  return throughOf([...processing, ...aggregating], now);
}
