import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { LogRecord } from '../event-log.ts';

/** Below this, compressing costs more than it saves. */
const COMPRESS_FROM = 1_024;
/** Of events, level 1 leaves no more bytes than the usual 3, in half the time. */
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Partitions of every topic; the migration makes as many. */
export const PARTITIONS = 8;

/** Stable partition of a key (FNV-1a, 32 bits). */
export function choosePartition(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash ^= key.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % PARTITIONS;
}

export type Tally = Record<string, Record<string, number>>;

/** A row to be appended: the records of one flush that share topic and partition. */
export type Batch = {
  topic: string;
  partition: number;
  /** Of the oldest record. */
  receivedAt: number;
  recordCount: number;
  compressed: boolean;
  records: Buffer;
  tally: Tally;
};

// A record is a line "<receivedAt> <value>": values are JSON without line breaks.
const recordLine = ({ receivedAt, value }: LogRecord) => `${receivedAt} ${value}`;

function countTally(records: readonly LogRecord[]): Tally {
  const tally: Tally = {};
  for (const { tally: line } of records) {
    if (line === undefined) continue;
    tally[line.siteId] ??= {};
    const days = tally[line.siteId] as Record<string, number>;
    days[line.day] = (days[line.day] ?? 0) + 1;
  }
  return tally;
}

/** Packs records into one batch for each topic and partition among them, in the order of (topic, partition). */
export function packBatches(records: readonly LogRecord[]): Batch[] {
  const groups = Map.groupBy(records, ({ topic, key }) => `${topic} ${choosePartition(key)}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => {
      const { topic, key } = members[0] as LogRecord;
      const text = Buffer.from(members.map(recordLine).join('\n'));
      const compressed = text.length >= COMPRESS_FROM;
      return {
        topic,
        partition: choosePartition(key),
        receivedAt: members.reduce(
          (oldest, { receivedAt }) => Math.min(oldest, receivedAt),
          Number.MAX_SAFE_INTEGER,
        ),
        recordCount: members.length,
        compressed,
        records: compressed ? zstdCompressSync(text, FAST) : text,
        tally: countTally(members),
      };
    });
}

/** The records of a stored batch, in order. */
export function unpackBatch(row: {
  compressed: boolean;
  records: Buffer;
}): { value: string; receivedAt: number }[] {
  const text = (row.compressed ? zstdDecompressSync(row.records) : row.records).toString();
  return text.split('\n').map((line) => {
    const space = line.indexOf(' ');
    return { receivedAt: Number(line.slice(0, space)), value: line.slice(space + 1) };
  });
}
