import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { retry } from '@footfall/timing/retry';
import { Signal } from '@footfall/timing/signal';
import { eventLogFailure } from '../../errors.ts';
import type { ConsumeOptions, Consumer, StreamPartition } from '../../event-log.ts';
import { errorType, REQUEST_RETRY } from '../client/cluster.ts';
import type { Connections } from '../client/connections.ts';
import type { Cluster } from '../client/kafkajs.ts';
import { commitOffsets, committedBy, EARLIEST, offsetsAt } from '../client/offsets.ts';
import { partitionName } from '../client/topic-partition.ts';
import { type Streams, streamsIn } from '../streams.ts';
import { AssignedPartition } from './assigned-partition.ts';
import { Fetcher } from './fetcher.ts';
import { GroupMember, SESSION_MS } from './member.ts';

/** Batches of different partitions in hand at once: some wait for a store while another computes. */
const WORKERS = 4;
/** Before a batch that failed comes again. */
const RETRY: Backoff = { min: 200, max: 10_000 };
/** How often it is looked whether a rest is over, or the group believes in this member again. */
const LOOK_MS = 200;
/** Joining waits for members that are gone until their session is over; a cluster that starts takes its time, too. */
const START_MS = 30_000;
/** How long a commit is tried: a group settles, and a coordinator moves, within less. */
const COMMIT_MS = 2 * SESSION_MS;

/** Errors of a commit that say that the group is changing; when it has, the commit may be right again. */
const CHANGING: ReadonlySet<string | undefined> = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION']);

export type KafkaConsumerOptions = ConsumeOptions & {
  streams: Streams;
  prefix: string;
  /** For what must not wait behind a fetch or a join: the log's own. */
  shared: Connections;
  /** For fetches, which wait for news. */
  fetching: Connections;
  /** For the membership: joining waits for other members. */
  joining: Connections;
};

/**
 * A member of a group. What it holds is read ahead; a few workers take the partitions that have news in turn, one batch each, so
 * that neither a slow nor a failing partition holds up another.
 */
export class KafkaConsumer implements Consumer {
  readonly #options: KafkaConsumerOptions;
  readonly #groupId: string;
  readonly #member: GroupMember;
  readonly #fetcher: Fetcher;
  readonly #news = new Signal();
  #assignedPartitions = new Map<string, AssignedPartition>();
  /** Held, in the order in which they had their turn: the first has waited longest. */
  #queue: AssignedPartition[] = [];
  #stopping = false;
  #workers: Promise<unknown> | undefined;
  #stopped: Promise<void> | undefined;
  /** Where errors go until it has started: they are the cause when it cannot. */
  #starting: unknown[] | undefined;

  constructor(options: KafkaConsumerOptions) {
    this.#options = options;
    this.#groupId = `${options.prefix}${options.group}`;
    this.#member = new GroupMember({
      groupId: this.#groupId,
      streams: streamsIn(options.streams, options.topics),
      connections: options.joining,
      holds: () => [...this.#assignedPartitions.values()],
      onAssigned: (partitions) => this.#assign(partitions),
      onLost: () => this.#loseAll(),
      onError: (error) => this.#report(error),
    });
    this.#fetcher = new Fetcher({
      connections: options.fetching,
      assignedPartitions: () => [...this.#assignedPartitions.values()],
      locate: (cluster, assignedPartitions) => this.#locate(cluster, assignedPartitions),
      onGone: (assigned) => this.#passOver(assigned),
      onRecords: () => this.#news.notify(),
      onError: (error) => this.#report(error),
    });
  }

  /** Resolves when it is a member of its group and knows what it holds. */
  async start(): Promise<void> {
    const problems: unknown[] = [];
    this.#starting = problems;
    this.#member.start();
    await this.#member.settled(undefined, START_MS);
    this.#starting = undefined;
    if (this.#member.standing() === undefined) {
      await this.stop();
      throw eventLogFailure('log_unavailable', `the group ${this.#groupId} cannot be joined`, {
        cause: problems.at(-1),
      });
    }
    this.#fetcher.start();
    this.#workers = Promise.all(Array.from({ length: WORKERS }, () => this.#work()));
  }

  partitions(): ReturnType<Consumer['partitions']> {
    return [...this.#assignedPartitions.values()].map(({ topic, stream, partition }) => ({
      topic,
      stream,
      partition,
    }));
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#leave();
    return this.#stopped;
  }

  async #leave(): Promise<void> {
    this.#stopping = true;
    this.#news.notify();
    // The heart beats until the last batch is committed: a slow one must not lose its partition while it is waited for.
    await this.#workers;
    this.#assignedPartitions.clear();
    await Promise.all([this.#member.leave(this.#options.shared), this.#fetcher.stop()]);
    this.#assignedPartitions.clear();
    await Promise.all([this.#options.joining.close(), this.#options.fetching.close()]);
  }

  #report(error: unknown): void {
    if (this.#starting === undefined) this.#options.onError(error);
    else this.#starting.push(error);
  }

  #owns(assigned: AssignedPartition): boolean {
    return !assigned.lost && this.#member.isAlive();
  }

  /** Takes over an assignment; answers whether something was let go of. */
  #assign(partitions: readonly StreamPartition[]): boolean {
    const wanted = new Map(partitions.map((one) => [partitionName(one), one]));
    for (const [name, assigned] of this.#assignedPartitions) assigned.leaving = !wanted.has(name);
    for (const [name, { stream, partition }] of wanted) {
      const topic = this.#options.streams.topicOf.get(stream);
      if (topic === undefined || this.#assignedPartitions.has(name)) continue;
      this.#hold(new AssignedPartition({ topic, stream, partition }));
    }
    const idle = [...this.#assignedPartitions.values()].filter(({ leaving, busy }) => leaving && !busy);
    for (const assigned of idle) this.#drop(assigned);
    this.#fetcher.notify();
    return idle.length > 0;
  }

  #hold(assigned: AssignedPartition): void {
    this.#assignedPartitions.set(partitionName(assigned), assigned);
    this.#queue.push(assigned);
  }

  #drop(assigned: AssignedPartition): void {
    assigned.lost = true;
    if (this.#assignedPartitions.get(partitionName(assigned)) === assigned)
      this.#assignedPartitions.delete(partitionName(assigned));
    this.#queue = this.#queue.filter((one) => one !== assigned);
  }

  #loseAll(): void {
    for (const assigned of [...this.#assignedPartitions.values()]) this.#drop(assigned);
  }

  /** Asks where the group is. A partition of which it has committed nothing yet gets its beginning committed: then trimming knows the group. */
  async #locate(cluster: Cluster, assignedPartitions: readonly AssignedPartition[]): Promise<void> {
    const committed = await committedBy(cluster, this.#groupId, assignedPartitions);
    const committedOffset = (assigned: AssignedPartition) => committed.get(partitionName(assigned)) ?? -1;
    const fresh = assignedPartitions.filter((assigned) => assigned.gone || committedOffset(assigned) < 0);
    if (fresh.length > 0) {
      const begins = await offsetsAt(cluster, fresh, EARLIEST);
      const positions = fresh.map((assigned) => {
        const { stream, partition } = assigned;
        return { stream, partition, offset: begins.get(partitionName(assigned)) ?? 0 };
      });
      const standing = this.#member.standing();
      if (standing === undefined) return;
      try {
        await commitOffsets(cluster, standing, positions);
      } catch (error) {
        // Whoever holds them when the group has settled does it.
        if (CHANGING.has(errorType(error))) return;
        throw error;
      }
      for (const position of positions) committed.set(partitionName(position), position.offset);
    }
    for (const assigned of assignedPartitions) assigned.begin(committedOffset(assigned));
  }

  /** What lay at the position is gone: reads on from where the partition begins now, and says so. */
  #passOver(assigned: AssignedPartition): void {
    if (assigned.gone) return;
    assigned.gone = true;
    if (!assigned.busy) assigned.forget();
    const where = partitionName(assigned);
    const message = `${where} does not hold any more what ${this.#groupId} was to handle next; it goes on with what is there`;
    this.#report(eventLogFailure('records_gone', message, { where }));
  }

  async #work(): Promise<void> {
    while (!this.#stopping) {
      const now = performance.now();
      const assigned = this.#queue.find(
        (one) => !one.busy && !one.leaving && one.restsUntil <= now && one.hasRecords() && this.#owns(one),
      );
      if (assigned === undefined) await this.#news.wait(LOOK_MS);
      else await this.#turn(assigned);
    }
  }

  async #turn(assigned: AssignedPartition): Promise<void> {
    assigned.busy = true;
    this.#queue = [...this.#queue.filter((one) => one !== assigned), assigned];
    try {
      await this.#handleNext(assigned);
      assigned.failures = 0;
    } catch (error) {
      this.#options.onError(error);
      assigned.failures += 1;
      assigned.restsUntil = performance.now() + backoffPause(assigned.failures, RETRY);
      if (assigned.committed !== undefined) assigned.begin(assigned.committed);
    }
    assigned.busy = false;
    if (assigned.gone) assigned.forget();
    this.#fetcher.notify();
    if (assigned.leaving && !assigned.lost) {
      this.#drop(assigned);
      this.#member.release();
    }
  }

  async #handleNext(assigned: AssignedPartition): Promise<void> {
    const { batch, next } = assigned.take(this.#options.maxRecords);
    this.#fetcher.notify();
    // A handler that was once told no has left something undone: then its batch must come again, to whoever holds the partition.
    let denied = false;
    const stillOwned = () => {
      const owned = this.#owns(assigned);
      denied ||= !owned;
      return owned;
    };
    if (batch.records.length > 0) await this.#options.onBatch(batch, stillOwned);
    if (denied) throw this.#lostLease(assigned);
    await this.#commit(assigned, next);
    assigned.commit(next);
  }

  /**
   * Commits as the member that it is now: what it holds stays its own from one generation to the next. Patient, since handling the
   * batch again would cost more; but not while it stops.
   */
  async #commit(assigned: AssignedPartition, offset: number): Promise<void> {
    const { stream, partition } = assigned;
    const isPermanent = (error: unknown) =>
      assigned.lost ||
      errorType(error) === 'UNKNOWN_MEMBER_ID' ||
      (this.#stopping && !CHANGING.has(errorType(error)));
    const what = `the commit of ${partitionName(assigned)}`;
    try {
      await retry({ ...REQUEST_RETRY, timeoutMs: COMMIT_MS, what, isPermanent }, async () => {
        const standing = this.#member.standing();
        if (assigned.lost || standing === undefined) throw this.#lostLease(assigned);
        const commit = (cluster: Cluster) =>
          commitOffsets(cluster, standing, [{ stream, partition, offset }]);
        await this.#options.shared.use(commit).catch(async (error) => {
          if (CHANGING.has(errorType(error))) await this.#member.settled(standing, COMMIT_MS);
          throw error;
        });
      });
    } catch (error) {
      throw assigned.lost || errorType(error) === 'UNKNOWN_MEMBER_ID'
        ? this.#lostLease(assigned, error)
        : error;
    }
  }

  #lostLease(assigned: AssignedPartition, cause?: unknown): Error {
    const where = `${partitionName(assigned)} of group ${this.#groupId}`;
    const message = `${where} has passed to another consumer before its batch was handled`;
    return eventLogFailure('lease_lost', message, { where, cause });
  }
}
