import { errorType } from './cluster.ts';
import type { Cluster } from './kafkajs.ts';

/** Errors that say something about a group or a request, and nothing against the connections. */
const HARMLESS: ReadonlySet<string | undefined> = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'OFFSET_OUT_OF_RANGE',
]);

type Lease = { cluster: Cluster; ready: Promise<void>; users: number; discarded: boolean };

/**
 * Connections to a cluster, opened when they are first used. After an error that leaves them in doubt they are thrown away as a
 * whole, once nobody uses them any more, and the next user opens new ones: so brokers may restart and move at will.
 */
export class Connections {
  readonly #create: () => Cluster;
  readonly #topics: readonly string[];
  #lease: Lease | undefined;
  #closed = false;
  readonly #users = new Set<Promise<unknown>>();
  readonly #ending = new Set<Promise<void>>();

  /** `topics`: whose metadata is kept. */
  constructor(create: () => Cluster, topics: readonly string[]) {
    this.#create = create;
    this.#topics = topics;
  }

  /** Works with the cluster, its metadata not older than half a minute. Rejects with what the work rejects with. */
  async use<T>(work: (cluster: Cluster) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error('the connections to Kafka are closed');
    const using = this.#use(work);
    this.#users.add(using);
    try {
      return await using;
    } finally {
      this.#users.delete(using);
    }
  }

  /** Waits for those who use them, and lets the brokers go; the next use fails. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#users);
    if (this.#lease !== undefined) this.#discard(this.#lease);
    await Promise.all(this.#ending);
  }

  async #use<T>(work: (cluster: Cluster) => Promise<T>): Promise<T> {
    this.#lease ??= this.#open();
    const lease = this.#lease;
    lease.users += 1;
    try {
      await lease.ready;
      await lease.cluster.refreshMetadataIfNecessary();
      return await work(lease.cluster);
    } catch (error) {
      if (!HARMLESS.has(errorType(error))) lease.discarded = true;
      throw error;
    } finally {
      lease.users -= 1;
      if (lease.discarded) this.#discard(lease);
    }
  }

  #open(): Lease {
    const cluster = this.#create();
    const open = async () => {
      await cluster.connect();
      await cluster.addMultipleTargetTopics(this.#topics);
    };
    return { cluster, ready: open(), users: 0, discarded: false };
  }

  #discard(lease: Lease): void {
    if (this.#lease === lease) this.#lease = undefined;
    if (lease.users > 0) return;
    // They are given up because something is wrong with them: nothing more can be done when the good-bye fails, too.
    const ending = lease.cluster.disconnect().catch(() => undefined);
    this.#ending.add(ending);
    ending.finally(() => this.#ending.delete(ending));
  }
}
