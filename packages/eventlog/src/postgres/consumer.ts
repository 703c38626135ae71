import { randomUUID } from 'node:crypto';
import type { Pool } from '@footfall/postgres/pool';
import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { sleep } from '@footfall/timing/sleep';
import { eventLogFailure } from '../errors.ts';
import type { ConsumeOptions, Consumer, LogBatch } from '../event-log.ts';
import {
  commit,
  heartbeat,
  joinGroup,
  LEASE_MS,
  type Lease,
  leaveGroup,
  type Membership,
  release,
  type TopicPartition,
} from './leases.ts';
import { findGrown, readBatch } from './reader.ts';

const HEARTBEAT_MS = 1_000;
/** A member stops believing in its leases this long before the database does. */
const LEASE_MARGIN_MS = 1_000;
/** Batches of different partitions in hand at once: one waits for the database while another computes. */
const WORKERS = 3;
/** Between two looks that found nothing new. */
const IDLE: Backoff = { min: 50, max: 200 };
/** Pause between two looks that failed, at most; short, because Postgres restarts in seconds. */
const BLIND_MS = 1_000;
/** Before a batch that failed comes again. */
const RETRY: Backoff = { min: 200, max: 10_000 };

/** A partition in this member's hands; a new one whenever it is claimed, so that what an earlier tenure has in hand is known as such. */
type AssignedPartition = Lease & {
  /** The position behind what had been appended when it was last looked at. */
  end: number;
  /** In the queue or in a worker's hands. */
  busy: boolean;
  /** To be given back after the batch in hand. */
  leaving: boolean;
  /** By the process's monotonic clock; a failed batch rests until then. */
  restsUntil: number;
  /** Of its handler, in a row. */
  failures: number;
};

const partitionKey = ({ topic, partition }: TopicPartition) => `${topic}/${partition}`;

const assignedPartition = ({ topic, partition, committed }: Lease): AssignedPartition => ({
  topic,
  partition,
  committed,
  end: committed,
  busy: false,
  leaving: false,
  restsUntil: 0,
  failures: 0,
});

/**
 * A member of a group. One loop keeps its leases alive, whatever the handler does; a few workers take the partitions
 * that have news in turn, one batch each, so that no busy partition starves another.
 */
export class PostgresConsumer implements Consumer {
  readonly #pool: Pool;
  readonly #options: ConsumeOptions;
  readonly #membership: Membership;
  #assignedPartitions = new Map<string, AssignedPartition>();
  readonly #queue: AssignedPartition[] = [];
  /** Until when this process may believe in what it holds, by its own monotonic clock. */
  #believedUntil = 0;
  /** Looks in a row that found nothing new. */
  #idleLooks = 0;
  #looking: Promise<void> | undefined;
  readonly #stopping = new AbortController();
  #left = false;
  /** Ends the pause before the next heartbeat. */
  #hurry = new AbortController();
  #running: { workers: Promise<unknown>; beating: Promise<void> } | undefined;
  #stopped: Promise<void> | undefined;

  constructor(pool: Pool, options: ConsumeOptions) {
    this.#pool = pool;
    this.#options = options;
    this.#membership = { group: options.group, member: randomUUID(), topics: options.topics };
  }

  async start(): Promise<void> {
    await joinGroup(this.#pool, this.#membership);
    await this.#beat();
    this.#running = {
      workers: Promise.all(Array.from({ length: WORKERS }, () => this.#work())),
      beating: this.#keepBeating(),
    };
  }

  partitions(): ReturnType<Consumer['partitions']> {
    return [...this.#assignedPartitions.values()].map(({ topic, partition }) => ({
      topic,
      stream: topic,
      partition,
    }));
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#leave();
    return this.#stopped;
  }

  async #leave(): Promise<void> {
    this.#stopping.abort();
    // The heart beats until the last batch is committed: a slow one must not lose its lease while it is waited for.
    await this.#running?.workers;
    this.#left = true;
    this.#hurry.abort();
    await this.#running?.beating;
    this.#assignedPartitions.clear();
    // Without the database the leases cannot be given back; they run out by themselves.
    await leaveGroup(this.#pool, this.#membership).catch(this.#options.onError);
  }

  #owns(assigned: AssignedPartition): boolean {
    return (
      performance.now() < this.#believedUntil &&
      this.#assignedPartitions.get(partitionKey(assigned)) === assigned
    );
  }

  async #keepBeating(): Promise<void> {
    while (!this.#left) {
      await sleep(HEARTBEAT_MS, this.#hurry.signal);
      this.#hurry = new AbortController();
      // A heartbeat that fails is reported; the leases run out by themselves unless a later one succeeds.
      if (!this.#left) await this.#beat().catch(this.#options.onError);
    }
  }

  async #beat(): Promise<void> {
    const asked = performance.now();
    const leaving = this.#stopping.signal.aborted;
    const { renewed, claimed, surplus } = await heartbeat(this.#pool, this.#membership, { leaving });
    this.#believedUntil = asked + LEASE_MS - LEASE_MARGIN_MS;
    const kept = renewed.map(
      (lease) => this.#assignedPartitions.get(partitionKey(lease)) ?? assignedPartition(lease),
    );
    const assignedPartitions = [...kept, ...claimed.map(assignedPartition)];
    this.#assignedPartitions = new Map(
      assignedPartitions.map((assigned) => [partitionKey(assigned), assigned]),
    );
    const unwanted = new Set(surplus.map(partitionKey));
    for (const assigned of assignedPartitions) assigned.leaving = unwanted.has(partitionKey(assigned));
    await this.#giveBack(assignedPartitions.filter(({ leaving, busy }) => leaving && !busy));
  }

  /** Only heartbeats give back: beside one, its answer could still name what has just been given. */
  async #giveBack(assignedPartitions: readonly AssignedPartition[]): Promise<void> {
    if (assignedPartitions.length === 0) return;
    for (const assigned of assignedPartitions) this.#assignedPartitions.delete(partitionKey(assigned));
    await release(this.#pool, this.#membership, assignedPartitions);
  }

  async #work(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const assigned = this.#queue.shift();
      if (assigned !== undefined) {
        await this.#turn(assigned);
        continue;
      }
      this.#looking ??= this.#look();
      await this.#looking;
    }
  }

  /** Queues the partitions that have news; rests for a while when there are none. */
  async #look(): Promise<void> {
    try {
      const now = performance.now();
      const idle = [...this.#assignedPartitions.values()].filter(
        (assigned) =>
          !assigned.busy && !assigned.leaving && assigned.restsUntil <= now && this.#owns(assigned),
      );
      const news = idle.length === 0 ? [] : await findGrown(this.#pool, idle);
      const ends = new Map(news.map((one) => [partitionKey(one), one.end]));
      for (const assigned of idle) {
        const end = ends.get(partitionKey(assigned));
        if (end === undefined) continue;
        Object.assign(assigned, { end, busy: true });
        this.#queue.push(assigned);
      }
      this.#idleLooks = ends.size > 0 ? 0 : this.#idleLooks + 1;
      if (this.#idleLooks > 0) await sleep(backoffPause(this.#idleLooks, IDLE), this.#stopping.signal);
    } catch (error) {
      this.#options.onError(error);
      await sleep(BLIND_MS, this.#stopping.signal);
    } finally {
      this.#looking = undefined;
    }
  }

  async #turn(assigned: AssignedPartition): Promise<void> {
    try {
      if (this.#owns(assigned)) await this.#handleNext(assigned);
      assigned.failures = 0;
    } catch (error) {
      this.#options.onError(error);
      assigned.failures += 1;
      assigned.restsUntil = performance.now() + backoffPause(assigned.failures, RETRY);
    }
    assigned.busy = false;
    if (assigned.leaving) this.#hurry.abort();
  }

  async #handleNext(assigned: AssignedPartition): Promise<void> {
    const read = await readBatch(this.#pool, assigned, this.#options.maxRecords);
    // A group that begins after trimming has nothing to read where all was trimmed; without a step behind it, it would look there for ever.
    const next = read?.next ?? assigned.end;
    const isHandled = read === null || (await this.#handle(assigned, read.batch));
    const { topic, partition, committed } = assigned;
    if (
      isHandled &&
      (await commit(this.#pool, this.#membership, { topic, partition, from: committed, to: next }))
    ) {
      assigned.committed = next;
      return;
    }
    // Not ours any more, or not where we thought: the next heartbeat tells what is true.
    if (this.#assignedPartitions.get(partitionKey(assigned)) === assigned)
      this.#assignedPartitions.delete(partitionKey(assigned));
    const where = `${partitionKey(assigned)} of group ${this.#membership.group}`;
    throw eventLogFailure(
      'lease_lost',
      `${where} has passed to another consumer before its batch was handled`,
      {
        where,
      },
    );
  }

  /** Whether the handler was never told that the partition is not ours any more: else its batch must come again, to whoever holds it. */
  async #handle(assigned: AssignedPartition, batch: LogBatch): Promise<boolean> {
    let denied = false;
    await this.#options.onBatch(batch, () => {
      const owned = this.#owns(assigned);
      denied ||= !owned;
      return owned;
    });
    return !denied;
  }
}
