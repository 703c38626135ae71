/** A setting that every topic must have: exactly this, or a number that is at least this. */
export type Setting = { name: string; value: string; atLeast: boolean };

const DAY_MS = 24 * 3_600_000;
/**
 * What everybody has committed is trimmed a week after its receipt (EventLog.trim). This is only what happens when nobody trims:
 * consumers may be down for that long before Kafka deletes what they have not handled.
 */
const RETENTION_MS = 30 * DAY_MS;
/** The largest batch. A flush has four million characters at most, and is compressed; a single value may be larger. */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;
const FOR_EVER = '9223372036854775807';

const exactly = (name: string, value: string): Setting => ({ name, value, atLeast: false });
const atLeast = (name: string, value: number): Setting => ({ name, value: String(value), atLeast: true });

/** The settings of a topic whose partitions have so many copies. */
export function topicSettings(replication: number): Setting[] {
  return [
    exactly('cleanup.policy', 'delete'),
    atLeast('retention.ms', RETENTION_MS),
    atLeast('max.message.bytes', MAX_BATCH_BYTES),
    // As the batches come: the broker does not compress them again.
    exactly('compression.type', 'producer'),
    // An append is answered when two machines have it, where there are three.
    atLeast('min.insync.replicas', replication >= 3 ? 2 : 1),
    exactly('unclean.leader.election.enable', 'false'),
    // A record's time is that of its receipt. A collector whose clock is wrong must not be refused for it.
    exactly('message.timestamp.type', 'CreateTime'),
    exactly('message.timestamp.before.max.ms', FOR_EVER),
    exactly('message.timestamp.after.max.ms', FOR_EVER),
  ];
}

/** Whether a value is as it must be; -1 is Kafka's word for no limit. */
export function satisfies(value: string | undefined, setting: Setting): boolean {
  if (value === undefined || !setting.atLeast) return value === setting.value;
  return value === '-1' || Number(value) >= Number(setting.value);
}
