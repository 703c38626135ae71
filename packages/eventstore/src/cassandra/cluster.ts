import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { sleep } from '@footfall/timing/sleep';
import { Client, policies, types } from 'cassandra-driver';
import { eventStoreFailure } from '../errors.ts';
import { getOrMake } from './at-once.ts';
import type { CassandraUrl } from './cassandra-url.ts';
import { SET_MARK } from './statements.ts';
import { isPassing, storeFailure } from './store-failure.ts';
import { createWriteClock, leaveMark, MARK_EVERY_MS, type SetMark, type WriteClock } from './write-clock.ts';

export type Row = types.Row;
/** `next` is where the page after it begins. */
export type Page = { rows: Row[]; next: string | null };

/** The components of a partition's key as bytes; by them a request goes straight to a replica. */
export type PartitionKey = Buffer[];

export type ReadOptions = {
  partition?: PartitionKey;
  /** Rows of a page. */
  size?: number;
  /** What the page before said comes next. */
  from?: string | null;
  /** Milliseconds to wait for a node. */
  timeoutMs?: number;
};

/** The nodes of a cluster: statements (in which KS stands for the URL's) prepared, failures of the package's own, what may be sent again sent again. */
export type Cluster = {
  /** A page of what a SELECT answers. */
  page(query: string, params: unknown[], options?: ReadOptions): Promise<Page>;
  /** All rows of a SELECT. */
  rows(query: string, params: unknown[], options?: ReadOptions): Promise<Row[]>;
  /** A statement with each of these parameters on one partition, all or none; such that writing twice changes nothing. */
  write(query: string, each: unknown[][], partition: PartitionKey): Promise<void>;
  /**
   * A conditional statement with each of these parameters on one partition, all or none. Resolves with null when they were applied, else with the rows that hindered it.
   * May have been tried more than once: a statement must take what it did itself for what it is.
   */
  decide(query: string, each: unknown[][], partition: PartitionKey): Promise<Row[] | null>;
  /** A statement about the schema; resolves when all nodes agree. */
  define(query: string): Promise<void>;
  /** Nodes of the data center. */
  nodes(): Promise<number>;
  close(): Promise<void>;
};

/** Milliseconds to wait for a node's answer; Cassandra itself gives up after two to ten seconds. */
const READ_TIMEOUT_MS = 12_000;
/** Bytes that the driver gathers for one write to a socket. With its 8,000, 50 batches a put cost a fifth more. */
const WRITTEN_AT_ONCE = 131_072;
/** After so many milliseconds without an answer, a read is asked of another replica too. */
const SPECULATE_AFTER = 250;
/** Attempts at a write whose outcome is unknown: three seconds of pauses, besides the waiting itself. */
const ATTEMPTS = 7;
/** Between them; random, since two that hindered each other should not meet again. */
const RETRY: Backoff = { min: 75, max: 2_400, jitter: 2 / 3 };
/** Milliseconds between attempts to reach a node that is away, doubling between these; for ever. */
const RECONNECT = [500, 15_000] as const;

class SpeculativeReads extends policies.speculativeExecution.ConstantSpeculativeExecutionPolicy {
  constructor() {
    super(SPECULATE_AFTER, 1);
  }
  override newPlan(keyspace: string, query: string | object[]) {
    const isRead = typeof query === 'string' && query.startsWith('SELECT');
    return isRead ? super.newPlan(keyspace, query) : { nextExecution: () => -1 };
  }
}

/** Sends the times of a clock along with writes. Conditional ones have their times from the nodes. */
class WriteTimes extends policies.timestampGeneration.MonotonicTimestampGenerator {
  readonly #clock: WriteClock;

  constructor(clock: WriteClock) {
    super(0, 0);
    this.#clock = clock;
  }
  override next(): number {
    return this.#clock.next();
  }
}

const SERIAL = {
  local_quorum: {
    consistency: types.consistencies.localQuorum,
    serialConsistency: types.consistencies.localSerial,
  },
  quorum: { consistency: types.consistencies.quorum, serialConsistency: types.consistencies.serial },
};

function createClient(url: CassandraUrl, name: string, clock: WriteClock): Client {
  return new Client({
    contactPoints: url.hosts,
    localDataCenter: url.dataCenter,
    ...(url.credentials === undefined ? {} : { credentials: url.credentials }),
    ...(url.tls ? { sslOptions: { rejectUnauthorized: true } } : {}),
    applicationName: name,
    policies: {
      reconnection: new policies.reconnection.ExponentialReconnectionPolicy(...RECONNECT, false),
      speculativeExecution: new SpeculativeReads(),
      timestampGeneration: new WriteTimes(clock),
    },
    queryOptions: { prepare: true, isIdempotent: false, ...SERIAL[url.consistency] },
    socketOptions: { readTimeout: READ_TIMEOUT_MS, coalescingThreshold: WRITTEN_AT_ONCE },
    // Rows are turned into events at once, so nothing refers to a network buffer for long.
    encoding: { copyBuffer: false, useBigIntAsLong: true },
  });
}

/** Runs a write until its outcome is known. */
async function persistently<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
    }
    await sleep(backoffPause(attempt, RETRY));
  }
}

/** A connection that is made at the first request, and again at the next one when that failed. */
function lazily(client: Client) {
  let connecting: Promise<void> | null = null;
  let closed = false;
  return {
    async use(): Promise<Client> {
      if (closed) throw new Error('the event store is closed');
      connecting ??= client.connect();
      try {
        await connecting;
      } catch (error) {
        connecting = null;
        throw error;
      }
      return client;
    },
    async close(): Promise<void> {
      if (closed) return;
      closed = true;
      // The driver leaves connections open that are just being made; whoever asked for them hears of a failure.
      await connecting?.catch(() => undefined);
      await client.shutdown();
    },
  };
}

/**
 * Statements as they are sent. The driver finds a prepared one by its text, put together anew with the keyspace that it has been
 * told to use: a keyspace within the text costs nothing.
 */
function texts(keyspace: string): (query: string) => string {
  const known = new Map<string, string>();
  return (query) => getOrMake(known, query, () => query.replaceAll(/\bKS\b/g, keyspace));
}

const toStatements = (query: string, each: readonly unknown[][]) => each.map((params) => ({ query, params }));

const MARK = [Buffer.from('writes')];

/** Sets the mark of times of writing; see write-clock.ts. */
function markOn(cluster: Pick<Cluster, 'decide'>): SetMark {
  let known = 0n;
  return async (time) => {
    for (;;) {
      const wanted = BigInt(time);
      if (known >= wanted) return Number(known);
      const hindrances = await cluster.decide(SET_MARK, [[wanted, known]], MARK);
      known = hindrances === null ? wanted : ((hindrances[0]?.written as bigint | null) ?? 0n);
    }
  };
}

/** Writes that wait until the clock of writing is known to be behind nobody's, and tell others of it now and then. */
function markedWrites(cluster: Pick<Cluster, 'decide'>, clock: WriteClock, now: () => number) {
  const setMark = markOn(cluster);
  let begun: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  // What cannot be marked now is with the next.
  const again = () => void leaveMark(clock, { setMark, now, isFirst: false }).catch(() => undefined);
  return {
    async begin(): Promise<void> {
      begun ??= leaveMark(clock, { setMark, now, isFirst: true });
      try {
        await begun;
      } catch (error) {
        begun = undefined;
        throw error;
      }
      timer ??= setInterval(again, MARK_EVERY_MS).unref();
    },
    end: () => clearInterval(timer),
  };
}

/** Opens a cluster; nothing is sent before the first request. `now` is epoch milliseconds. */
export function openCluster(
  url: CassandraUrl,
  { name, now = Date.now }: { name: string; now?: () => number },
): Cluster {
  const clock = createWriteClock(now);
  const client = lazily(createClient(url, name, clock));
  const textOf = texts(url.keyspace);

  async function asked<T>(work: (ready: Client) => Promise<T>): Promise<T> {
    try {
      return await work(await client.use());
    } catch (error) {
      throw storeFailure(error);
    }
  }

  const cluster: Cluster = {
    page: (query, params, { partition, size, from, timeoutMs } = {}) =>
      asked(async (ready) => {
        const result = await ready.execute(textOf(query), params, {
          isIdempotent: true,
          ...(partition === undefined ? {} : { routingKey: partition }),
          ...(size === undefined ? {} : { fetchSize: size }),
          ...(from === undefined || from === null ? {} : { pageState: from }),
          ...(timeoutMs === undefined ? {} : { readTimeout: timeoutMs }),
        });
        return { rows: result.rows ?? [], next: result.pageState ?? null };
      }),
    async rows(query, params, options) {
      const first = await cluster.page(query, params, options);
      if (first.next === null) return first.rows;
      const all = [first.rows];
      for (let next: string | null = first.next; next !== null; ) {
        const page = await cluster.page(query, params, { ...options, from: next });
        all.push(page.rows);
        next = page.next;
      }
      return all.flat();
    },
    write: (query, each, partition) =>
      asked(async (ready) => {
        const options = { logged: false, isIdempotent: true, routingKey: partition };
        const [first, ...others] = each;
        if (first === undefined) return;
        await marked.begin();
        // A batch of one costs the driver a third more than the statement alone.
        await persistently(() =>
          others.length === 0
            ? ready.execute(textOf(query), first, options)
            : ready.batch(toStatements(textOf(query), each), options),
        );
      }),
    decide: (query, each, partition) =>
      asked(async (ready) => {
        const options = { logged: false, routingKey: partition };
        // A batch, even of one: alone, a statement is told what stands in its way, but not where.
        const statements = toStatements(textOf(query), each);
        const { rows } = await persistently(() => ready.batch(statements, options));
        return rows[0]?.['[applied]'] === true ? null : rows;
      }),
    define: (query) =>
      asked(async (ready) => {
        const { info } = await ready.execute(textOf(query), [], { prepare: false });
        const { isSchemaInAgreement } = info as { isSchemaInAgreement?: boolean };
        if (isSchemaInAgreement !== false) return;
        throw eventStoreFailure('store_unavailable', `not all nodes have agreed on: ${query}`);
      }),
    nodes: () =>
      asked(
        async (ready) => ready.hosts.values().filter((host) => host.datacenter === url.dataCenter).length,
      ),
    close: () => {
      marked.end();
      return client.close();
    },
  };
  const marked = markedWrites(cluster, clock, now);
  return cluster;
}
