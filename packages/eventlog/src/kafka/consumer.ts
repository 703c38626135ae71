/// <reference path="./kafkajs.d.ts" />
import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { retry } from '@footfall/timing/retry';
import { Signal } from '@footfall/timing/signal';
import type Cluster from 'kafkajs/src/cluster/index.js';
import { eventLogFailure } from '../errors.ts';
import type { ConsumeOptions, Consumer, StreamPartition } from '../event-log.ts';
import { REQUEST_RETRY, typeOf } from './cluster.ts';
import type { Connections } from './connections.ts';
import { Fetcher } from './fetcher.ts';
import { Holding } from './holding.ts';
import { GroupMember, SESSION_MS } from './member.ts';
import { commitOffsets, committedBy, EARLIEST, offsetsAt } from './offsets.ts';
import { placeOf } from './places.ts';
import { type Streams, streamsIn } from './streams.ts';

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
  #holdings = new Map<string, Holding>();
  /** Held, in the order in which they had their turn: the first has waited longest. */
  #queue: Holding[] = [];
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
      holds: () => [...this.#holdings.values()],
      onAssigned: (places) => this.#assign(places),
      onLost: () => this.#loseAll(),
      onError: (error) => this.#report(error),
    });
    this.#fetcher = new Fetcher({
      connections: options.fetching,
      holdings: () => [...this.#holdings.values()],
      locate: (cluster, holdings) => this.#locate(cluster, holdings),
      onGone: (holding) => this.#passOver(holding),
      onNews: () => this.#news.notify(),
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
    return [...this.#holdings.values()].map(({ topic, stream, partition }) => ({ topic, stream, partition }));
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
    this.#holdings.clear();
    await Promise.all([this.#member.leave(this.#options.shared), this.#fetcher.stop()]);
    this.#holdings.clear();
    await Promise.all([this.#options.joining.close(), this.#options.fetching.close()]);
  }

  #report(error: unknown): void {
    if (this.#starting === undefined) this.#options.onError(error);
    else this.#starting.push(error);
  }

  #owns(holding: Holding): boolean {
    return !holding.lost && this.#member.isAlive();
  }

  /** Takes over an assignment; answers whether something was let go of. */
  #assign(places: readonly StreamPartition[]): boolean {
    const assigned = new Map(places.map((place) => [placeOf(place), place]));
    for (const [place, holding] of this.#holdings) holding.leaving = !assigned.has(place);
    for (const [place, { stream, partition }] of assigned) {
      const topic = this.#options.streams.topicOf.get(stream);
      if (topic === undefined || this.#holdings.has(place)) continue;
      this.#hold(new Holding({ topic, stream, partition }));
    }
    const idle = [...this.#holdings.values()].filter(({ leaving, busy }) => leaving && !busy);
    for (const holding of idle) this.#drop(holding);
    this.#fetcher.notify();
    return idle.length > 0;
  }

  #hold(holding: Holding): void {
    this.#holdings.set(placeOf(holding), holding);
    this.#queue.push(holding);
  }

  #drop(holding: Holding): void {
    holding.lost = true;
    if (this.#holdings.get(placeOf(holding)) === holding) this.#holdings.delete(placeOf(holding));
    this.#queue = this.#queue.filter((one) => one !== holding);
  }

  #loseAll(): void {
    for (const holding of [...this.#holdings.values()]) this.#drop(holding);
  }

  /** Asks where the group is. A partition of which it has committed nothing yet gets its beginning committed: then trimming knows the group. */
  async #locate(cluster: Cluster, holdings: readonly Holding[]): Promise<void> {
    const committed = await committedBy(cluster, this.#groupId, holdings);
    const offsetOf = (holding: Holding) => committed.get(placeOf(holding)) ?? -1;
    const fresh = holdings.filter((holding) => holding.gone || offsetOf(holding) < 0);
    if (fresh.length > 0) {
      const begins = await offsetsAt(cluster, fresh, EARLIEST);
      const positions = fresh.map((holding) => {
        const { stream, partition } = holding;
        return { stream, partition, offset: begins.get(placeOf(holding)) ?? 0 };
      });
      const standing = this.#member.standing();
      if (standing === undefined) return;
      try {
        await commitOffsets(cluster, standing, positions);
      } catch (error) {
        // Whoever holds them when the group has settled does it.
        if (CHANGING.has(typeOf(error))) return;
        throw error;
      }
      for (const position of positions) committed.set(placeOf(position), position.offset);
    }
    for (const holding of holdings) holding.begin(offsetOf(holding));
  }

  /** What lay at the position is gone: reads on from where the partition begins now, and says so. */
  #passOver(holding: Holding): void {
    if (holding.gone) return;
    holding.gone = true;
    if (!holding.busy) holding.forget();
    const where = placeOf(holding);
    const message = `${where} does not hold any more what ${this.#groupId} was to handle next; it goes on with what is there`;
    this.#report(eventLogFailure('records_gone', message, { where }));
  }

  async #work(): Promise<void> {
    while (!this.#stopping) {
      const now = performance.now();
      const holding = this.#queue.find(
        (one) => !one.busy && !one.leaving && one.restsUntil <= now && one.hasNews() && this.#owns(one),
      );
      if (holding === undefined) await this.#news.wait(LOOK_MS);
      else await this.#turn(holding);
    }
  }

  async #turn(holding: Holding): Promise<void> {
    holding.busy = true;
    this.#queue = [...this.#queue.filter((one) => one !== holding), holding];
    try {
      await this.#handleNext(holding);
      holding.failures = 0;
    } catch (error) {
      this.#options.onError(error);
      holding.failures += 1;
      holding.restsUntil = performance.now() + backoffPause(holding.failures, RETRY);
      if (holding.committed !== undefined) holding.begin(holding.committed);
    }
    holding.busy = false;
    if (holding.gone) holding.forget();
    this.#fetcher.notify();
    if (holding.leaving && !holding.lost) {
      this.#drop(holding);
      this.#member.release();
    }
  }

  async #handleNext(holding: Holding): Promise<void> {
    const { batch, next } = holding.take(this.#options.maxRecords);
    this.#fetcher.notify();
    // A handler that was once told no has left something undone: then its batch must come again, to whoever holds the partition.
    let denied = false;
    const stillOwned = () => {
      const owned = this.#owns(holding);
      denied ||= !owned;
      return owned;
    };
    if (batch.records.length > 0) await this.#options.onBatch(batch, stillOwned);
    if (denied) throw this.#lostLease(holding);
    await this.#commit(holding, next);
    holding.commit(next);
  }

  /**
   * Commits as the member that it is now: what it holds stays its own from one generation to the next. Patient, since handling the
   * batch again would cost more; but not while it stops.
   */
  async #commit(holding: Holding, offset: number): Promise<void> {
    const { stream, partition } = holding;
    const isPermanent = (error: unknown) =>
      holding.lost ||
      typeOf(error) === 'UNKNOWN_MEMBER_ID' ||
      (this.#stopping && !CHANGING.has(typeOf(error)));
    const what = `the commit of ${placeOf(holding)}`;
    try {
      await retry({ ...REQUEST_RETRY, timeoutMs: COMMIT_MS, what, isPermanent }, async () => {
        const standing = this.#member.standing();
        if (holding.lost || standing === undefined) throw this.#lostLease(holding);
        const commit = (cluster: Cluster) =>
          commitOffsets(cluster, standing, [{ stream, partition, offset }]);
        await this.#options.shared.use(commit).catch(async (error) => {
          if (CHANGING.has(typeOf(error))) await this.#member.settled(standing, COMMIT_MS);
          throw error;
        });
      });
    } catch (error) {
      throw holding.lost || typeOf(error) === 'UNKNOWN_MEMBER_ID' ? this.#lostLease(holding, error) : error;
    }
  }

  #lostLease(holding: Holding, cause?: unknown): Error {
    const where = `${placeOf(holding)} of group ${this.#groupId}`;
    const message = `${where} has passed to another consumer before its batch was handled`;
    return eventLogFailure('lease_lost', message, { where, cause });
  }
}
