import { Failure } from '@footfall/core/failure';
import type { EventLog, LogRecord } from '@footfall/eventlog/event-log';
import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { orAfter } from '@footfall/timing/deadline';
import { sleep } from '@footfall/timing/sleep';
import type { Batch, Spool, SpoolListener } from './spool.ts';

/** The log as the spool sees it. */
export type Sink = Pick<EventLog, 'append' | 'ping'>;

/** Who must know how far the draining is. */
export type DrainHooks = {
  /** A batch is about to be handed to the log: whoever counts it as spooled must stop now. Rejects never, takes long never. */
  beforeAppend(batch: Batch): Promise<void>;
  /** Little is left: whoever still appends to the spool holds back, so that it becomes empty. */
  nearEnd(): void;
  /** The log is away again. */
  failed(): void;
  /** The spool is empty at this moment, and nobody is appending to it. */
  empty(): void;
};

export type DrainOptions = {
  spool: Spool;
  log: Sink;
  hooks: DrainHooks;
  news: SpoolListener;
  /** Keeps what the log refuses for good. */
  setAside(records: readonly LogRecord[]): Promise<void>;
  signal: AbortSignal;
};

/** Bytes that can be handed over while senders are held back. */
const NEAR_END_BYTES = 1024 * 1024;

/** Between two looks whether the log is back. */
const RETRY: Backoff = { min: 200, max: 5_000 };
/** A log that does not answer for as long is away. Patient, since nobody waits for it, and a log that comes back is slow at first. */
const PING_MS = 10_000;

/**
 * Rests between batches for as long as this share of the time that the last one took, so that senders are answered meanwhile; no
 * longer than `max` milliseconds.
 */
const REST = { share: 0.5, max: 50 };

/** Only of these the log says that it will never take them. */
const isRefusal = (error: unknown) => error instanceof Failure && error.code === 'invalid_record';

/** Appends, and when the log refuses something for good all but that; answers what it was. */
async function appendAll(
  log: Sink,
  records: readonly LogRecord[],
): Promise<{ record: LogRecord; error: unknown }[]> {
  try {
    await log.append(records);
    return [];
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const [first] = records;
    if (records.length === 1 && first !== undefined) return [{ record: first, error }];
    const half = Math.ceil(records.length / 2);
    const refused = await appendAll(log, records.slice(0, half));
    return [...refused, ...(await appendAll(log, records.slice(half)))];
  }
}

/** Moves what a spool holds into the log, in order, until it is empty or the signal ends it. */
export class Drain {
  readonly #options: DrainOptions;
  /** Looks in a row after which nothing was taken. */
  #failures = 0;
  /** The log took the last batch. */
  #isProven = false;

  constructor(options: DrainOptions) {
    this.#options = options;
  }

  /** Resolves when the spool is empty, or the signal has ended it; rejects never. `isAway`: the log is waited for first. */
  async run(isAway: boolean): Promise<void> {
    const { signal, news } = this.#options;
    let inHand: Batch | null = null;
    if (isAway) await this.#untilBack();
    while (!signal.aborted) {
      try {
        inHand ??= await this.#next();
        if (inHand === null) return;
        const begun = performance.now();
        await this.#handOver(inHand);
        const taken = inHand;
        inHand = null;
        this.#failures = 0;
        this.#isProven = true;
        await this.#options.spool.done(taken);
        await this.#rest(performance.now() - begun);
      } catch (error) {
        this.#isProven = false;
        this.#options.hooks.failed();
        if (!(error instanceof Failure && error.retriable))
          news.trouble('the spool cannot be drained now', error);
        await this.#untilBack();
      }
    }
  }

  /** The next batch; null when the spool is empty. */
  async #next(): Promise<Batch | null> {
    const { spool, hooks, signal } = this.#options;
    while (!signal.aborted) {
      // Nobody waits for a log that may still be away.
      if (this.#isProven && spool.unread <= NEAR_END_BYTES) hooks.nearEnd();
      const batch = await spool.next();
      if (batch !== null) return batch;
      await spool.idle();
      if (!spool.isEmpty) continue;
      hooks.empty();
      return null;
    }
    return null;
  }

  async #handOver(batch: Batch): Promise<void> {
    const { spool, hooks } = this.#options;
    const { records, summaries } = batch;
    if (records.length === 0) return;
    spool.backlog.withdraw(summaries);
    try {
      await hooks.beforeAppend(batch);
      await this.#append(batch);
    } catch (error) {
      spool.backlog.restore(summaries);
      throw error;
    }
  }

  async #append(batch: Batch): Promise<void> {
    const { log, news, setAside } = this.#options;
    const refused = await appendAll(log, batch.records);
    news.drained(batch.records.length - refused.length);
    // Should setting aside fail, only these are to be tried again.
    batch.records = refused.map(({ record }) => record);
    const [first] = refused;
    if (first === undefined) return;
    await setAside(batch.records);
    news.refused(batch.records, first.error);
  }

  async #rest(tookMs: number): Promise<void> {
    const { spool, signal } = this.#options;
    // Whoever is held back must not wait for a rest.
    if (spool.unread <= NEAR_END_BYTES) return;
    await sleep(Math.min(tookMs * REST.share, REST.max), signal);
  }

  /** Waits until the log answers, ever longer between two looks. */
  async #untilBack(): Promise<void> {
    const { log, signal } = this.#options;
    while (!signal.aborted) {
      this.#failures += 1;
      await sleep(backoffPause(this.#failures, RETRY), signal);
      if (signal.aborted || (await answers(log, PING_MS))) return;
    }
  }
}

/** Whether the log answers within so many milliseconds. */
export function answers(log: Pick<Sink, 'ping'>, timeoutMs: number): Promise<boolean> {
  const answered = log.ping().then(
    () => true,
    () => false,
  );
  return orAfter(timeoutMs, answered, false);
}
