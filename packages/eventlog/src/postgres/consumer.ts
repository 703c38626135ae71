import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from '@footfall/postgres/pool';
import { eventLogFailure } from '../errors.ts';
import type { ConsumeOptions, Consumer, LogBatch } from '../event-log.ts';
import { unpackBatch } from './batch.ts';
import {
  commit,
  ensureLeases,
  heartbeat,
  LEASE_MS,
  type Lease,
  leave,
  type Membership,
  release,
} from './leases.ts';

const HEARTBEAT_MS = 1_000;
/** A member stops believing in its lease this long before the database does. */
const LEASE_MARGIN_MS = 1_000;
const IDLE_MS = { from: 25, to: 200 } as const;
const RETRY_MS = { from: 200, to: 10_000 } as const;
/** Stored batches read at once; most are small, and maxRecords cuts the rest. */
const READ_BATCHES = 500;
/** Bytes of stored batches read at once, the first whatever its size: bounds memory. */
const READ_BYTES = 8 * 1024 * 1024;

const READ = `
SELECT "offset", received_at, compressed, records FROM (
  SELECT *, sum(octet_length(records)) OVER (ORDER BY "offset") - octet_length(records) AS before
  FROM (SELECT * FROM eventlog.batch WHERE topic = $1 AND partition = $2 AND "offset" >= $3 ORDER BY "offset" LIMIT ${READ_BATCHES}) b
) c WHERE before < ${READ_BYTES} ORDER BY "offset"`;

type Row = { offset: number; received_at: number; compressed: boolean; records: Buffer };

/** Reads one partition in order, hands its batches over and commits them, until told to stop. */
class PartitionReader {
  readonly #consumer: PostgresConsumer;
  readonly #lease: Lease;
  #stopping = false;
  readonly done: Promise<void>;

  constructor(consumer: PostgresConsumer, lease: Lease) {
    this.#consumer = consumer;
    this.#lease = { ...lease };
    this.done = this.#run();
  }

  stop(): Promise<void> {
    this.#stopping = true;
    return this.done;
  }

  async #run(): Promise<void> {
    let idle: number = IDLE_MS.from;
    let retry: number = RETRY_MS.from;
    while (!this.#stopping && this.#consumer.owns(this.#lease)) {
      try {
        const handled = await this.#next();
        retry = RETRY_MS.from;
        idle = handled ? IDLE_MS.from : Math.min(idle * 2, IDLE_MS.to);
        if (!handled) await sleep(idle);
      } catch (error) {
        this.#consumer.options.onError(error);
        await sleep(retry);
        retry = Math.min(retry * 2, RETRY_MS.to);
      }
    }
  }

  /** Handles what comes next; answers false when there is nothing. */
  async #next(): Promise<boolean> {
    const { pool, options, membership } = this.#consumer;
    const { topic, partition } = this.#lease;
    const { rows } = await pool.query<Row>({
      name: 'read',
      text: READ,
      values: [topic, partition, this.#lease.committed],
    });
    if (rows.length === 0) return false;
    const records: LogBatch['records'][number][] = [];
    let last = this.#lease.committed;
    for (const row of rows) {
      const unpacked = unpackBatch(row).map((record, index) => ({ ...record, offset: row.offset, index }));
      if (records.length > 0 && records.length + unpacked.length > options.maxRecords) break;
      records.push(...unpacked);
      last = row.offset;
    }
    await options.onBatch({ topic, partition, records }, () => this.#consumer.owns(this.#lease));
    const next = { topic, partition, committed: last + 1 };
    if (!(await commit(pool, membership, next))) {
      this.#stopping = true;
      throw eventLogFailure(
        'lease_lost',
        `partition ${topic}/${partition} has passed to another consumer of ${membership.group}`,
      );
    }
    this.#lease.committed = next.committed;
    return true;
  }
}

const keyOf = ({ topic, partition }: { topic: string; partition: number }) => `${topic}/${partition}`;

/** A member of a group: keeps its leases alive and a reader for each partition that it holds. */
export class PostgresConsumer implements Consumer {
  readonly pool: Pool;
  readonly options: ConsumeOptions;
  readonly membership: Membership;
  readonly #readers = new Map<string, { lease: Lease; reader: PartitionReader }>();
  #held: ReadonlySet<string> = new Set();
  /** Until when this process may believe in what it holds, by its own monotonic clock. */
  #believedUntil = 0;
  #stopped = false;
  #wake = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(pool: Pool, options: ConsumeOptions) {
    this.pool = pool;
    this.options = options;
    this.membership = { group: options.group, member: randomUUID(), topics: options.topics };
  }

  async start(): Promise<void> {
    await ensureLeases(this.pool, this.membership);
    await this.#beat();
    this.#loop = this.#run();
  }

  owns(lease: Pick<Lease, 'topic' | 'partition'>): boolean {
    return performance.now() < this.#believedUntil && this.#held.has(keyOf(lease));
  }

  partitions() {
    return [...this.#readers.values()].map(({ lease: { topic, partition } }) => ({ topic, partition }));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake.abort();
    await this.#loop;
    await Promise.all([...this.#readers.values()].map(({ reader }) => reader.stop()));
    this.#readers.clear();
    await leave(this.pool, this.membership);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      await sleep(HEARTBEAT_MS, undefined, { signal: this.#wake.signal }).catch(() => undefined);
      if (this.#stopped) return;
      // A heartbeat that fails is reported; the leases run out by themselves unless the next one succeeds.
      await this.#beat().catch(this.options.onError);
    }
  }

  async #beat(): Promise<void> {
    const asked = performance.now();
    const { held, surplus } = await heartbeat(this.pool, this.membership);
    this.#believedUntil = asked + LEASE_MS - LEASE_MARGIN_MS;
    this.#held = new Set(held.map(keyOf));
    await this.#dropLost();
    if (this.#stopped) return;
    for (const lease of held) {
      if (!this.#readers.has(keyOf(lease)))
        this.#readers.set(keyOf(lease), { lease, reader: new PartitionReader(this, lease) });
    }
    if (surplus.length > 0) await this.#giveBack(surplus);
  }

  async #dropLost(): Promise<void> {
    for (const [key, { reader }] of this.#readers) {
      if (this.#held.has(key)) continue;
      this.#readers.delete(key);
      await reader.stop();
    }
  }

  /** Lets the batches in hand finish and be committed before the partitions go. */
  async #giveBack(surplus: readonly Lease[]): Promise<void> {
    await Promise.all(surplus.map((lease) => this.#readers.get(keyOf(lease))?.reader.stop()));
    for (const lease of surplus) this.#readers.delete(keyOf(lease));
    await release(this.pool, this.membership, surplus);
  }
}
