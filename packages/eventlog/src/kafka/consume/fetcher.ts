import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { Signal } from '@footfall/timing/signal';
import { errorType, findBroker } from '../client/cluster.ts';
import type { Connections } from '../client/connections.ts';
import { type Cluster, protocolError } from '../client/kafkajs.ts';
import { byLeader, partitionName } from '../client/topic-partition.ts';
import { fetchRanges } from '../protocol/fetch-request.ts';
import type { AssignedPartition } from './assigned-partition.ts';

/** How long a broker keeps a fetch open for news; what is added meanwhile waits that long at most. */
const MAX_WAIT_MS = 250;
const MAX_BYTES = 2 * 1024 * 1024;
/** How often it is looked whether partitions have moved to other brokers. */
const LOOK_MS = 1_000;
/** Between a failure and the next try. */
const RETRY: Backoff = { min: 200, max: 2_000 };
/** How long a partition may be without a leader before it is reported. */
const MOVE_MS = 5_000;
const OUT_OF_RANGE = 1;

/** What brokers say of partitions that have gone to another, or are about to. */
const MOVED: ReadonlySet<string | undefined> = new Set([
  'NOT_LEADER_FOR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'UNKNOWN_TOPIC_OR_PARTITION',
]);

export type FetcherOptions = {
  connections: Connections;
  assignedPartitions: () => readonly AssignedPartition[];
  /** Finds out where assignedPartitions begin whose position is not known. */
  locate: (cluster: Cluster, assignedPartitions: readonly AssignedPartition[]) => Promise<void>;
  /** Told that what lay at the position of a assigned is not there. */
  onGone: (assigned: AssignedPartition) => void;
  onRecords: () => void;
  onError: (error: unknown) => void;
};

/** Reads for all assignedPartitions, ahead of their handlers: from each broker that leads some of them, one fetch after the other. */
export class Fetcher {
  readonly #options: FetcherOptions;
  readonly #changed = new Signal();
  readonly #stopping = new Signal();
  readonly #loops = new Map<number, Promise<void>>();
  #running: Promise<void> | undefined;
  #stopped = false;
  /** Moves on with each fetch: who is first in line gets a batch whatever its size. */
  #turn = 0;
  /** In a row. */
  #failures = 0;
  /** By the process's monotonic clock; undefined while all is well. */
  #failingSince: number | undefined;

  constructor(options: FetcherOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Tells that assignedPartitions have come, or have room again. */
  notify(): void {
    this.#changed.notify();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#changed.notify();
    this.#stopping.notify();
    await this.#running;
    await Promise.all(this.#loops.values());
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#options.connections.use((cluster) => this.#look(cluster));
        await this.#changed.wait(LOOK_MS);
      } catch (error) {
        await this.#rest(error);
      }
    }
  }

  /** Reports a failure, and waits longer after each until a fetch succeeds. That a partition moves is news only if it takes its time. */
  async #rest(error: unknown): Promise<void> {
    this.#failingSince ??= performance.now();
    const isRoutine = MOVED.has(errorType(error)) && performance.now() - this.#failingSince < MOVE_MS;
    if (!isRoutine) this.#options.onError(error);
    this.#failures += 1;
    await this.#stopping.wait(backoffPause(this.#failures, RETRY));
  }

  async #look(cluster: Cluster): Promise<void> {
    const assignedPartitions = this.#options.assignedPartitions();
    const unknown = assignedPartitions.filter(({ committed }) => committed === undefined);
    if (unknown.length > 0) await this.#options.locate(cluster, unknown);
    for (const leader of byLeader(cluster, assignedPartitions).keys()) {
      if (!this.#loops.has(leader)) this.#loops.set(leader, this.#follow(leader));
    }
  }

  async #follow(leader: number): Promise<void> {
    try {
      while (!this.#stopped && (await this.#fetch(leader)));
    } catch (error) {
      await this.#rest(error);
    }
    this.#loops.delete(leader);
  }

  /** Fetches once; answers false when the broker leads nothing that is held. */
  #fetch(leader: number): Promise<boolean> {
    return this.#options.connections.use(async (cluster) => {
      const own = byLeader(cluster, this.#options.assignedPartitions()).get(leader) ?? [];
      const wanting = own.flatMap((assigned) => {
        const wants = assigned.wants();
        return wants === undefined ? [] : [{ assigned, wants }];
      });
      if (wanting.length === 0) {
        if (own.length > 0) await this.#changed.wait(MAX_WAIT_MS);
        return own.length > 0;
      }
      this.#turn = (this.#turn + 1) % wanting.length;
      const inTurn = [...wanting.slice(this.#turn), ...wanting.slice(0, this.#turn)];
      await this.#read(cluster, leader, inTurn);
      return true;
    });
  }

  async #read(
    cluster: Cluster,
    leader: number,
    wanting: readonly {
      assigned: AssignedPartition;
      wants: NonNullable<ReturnType<AssignedPartition['wants']>>;
    }[],
  ): Promise<void> {
    const broker = await findBroker(cluster, leader, { fetches: true });
    const positions = wanting.map(({ assigned: { stream, partition }, wants }) => ({
      stream,
      partition,
      ...wants,
    }));
    const ranges = await fetchRanges(broker, positions, {
      maxWaitMs: MAX_WAIT_MS,
      maxBytes: MAX_BYTES,
    });
    const byName = new Map(wanting.map((one) => [partitionName(one.assigned), one]));
    let failed = 0;
    for (const range of ranges) {
      const one = byName.get(partitionName(range));
      if (one === undefined) continue;
      if (range.errorCode === 0) one.assigned.accept(range, one.wants.reading);
      else if (range.errorCode === OUT_OF_RANGE) this.#options.onGone(one.assigned);
      else failed = range.errorCode;
    }
    this.#options.onRecords();
    if (failed !== 0) throw protocolError(failed);
    this.#failures = 0;
    this.#failingSince = undefined;
  }
}
