import type { EventLog, PartitionLag, Topic } from '@footfall/eventlog/event-log';

export type Lag = { pending: number; oldest_received_at: string | null };

/** Who reads what of the log. */
const GROUPS: Readonly<Record<string, readonly Topic[]>> = {
  processor: ['events', 'rejected'],
  aggregator: ['touched'],
};

function sumLag(partitions: readonly PartitionLag[]): Lag {
  const oldest = partitions.flatMap(({ oldestReceivedAt }) => oldestReceivedAt ?? []);
  return {
    pending: partitions.reduce((sum, { committed, end }) => sum + end - committed, 0),
    oldest_received_at: oldest.length === 0 ? null : new Date(Math.min(...oldest)).toISOString(),
  };
}

/** What waits in the log for each of its readers. */
export async function readLags(log: EventLog): Promise<Record<string, Lag>> {
  const lags = Object.entries(GROUPS).map(
    async ([group, topics]) => [group, sumLag(await log.lag(group, topics))] as const,
  );
  return Object.fromEntries(await Promise.all(lags));
}
