import { Failure } from '@footfall/core/failure';
import type { EventLog, LogRecord } from '@footfall/eventlog/event-log';
import { collectorFailure } from '../errors.ts';
import { spoolFailure } from './errors.ts';
import type { Spool } from './spool.ts';
import { SpoolShare } from './spool-share.ts';

/** A log that has settled no append for as long, while some wait, is away: new ones do not queue up behind them. Milliseconds. */
const STALL_MS = 3_000;
const LOOK_MS = 500;
/** How long appends are held back at most while the spool's end is handed over, milliseconds. */
const HOLD_MS = 2_000;

export type SpooledLogOptions = {
  log: Pick<EventLog, 'append'>;
  spool: Spool;
  /** Something is in the spool that was empty: it has to be drained, and others have to know. */
  onAway: (why: unknown) => void;
};

/**
 * The log with a spool in front of it for when it is away. While the spool holds anything all records go through it, so that those
 * of one key stay in order; what the log has taken directly never touches the disk.
 */
export class SpooledLog {
  readonly #log: Pick<EventLog, 'append'>;
  readonly #spool: Spool;
  readonly #onAway: (why: unknown) => void;
  readonly #share = new SpoolShare();
  readonly #look: NodeJS.Timeout;
  #way: 'log' | 'spool';
  /** Resolves when appends are not held back any more. */
  #held: PromiseWithResolvers<void> | undefined;
  #holdTimer: NodeJS.Timeout | undefined;
  #waiting = 0;
  #settledAt = 0;

  constructor({ log, spool, onAway }: SpooledLogOptions) {
    this.#log = log;
    this.#spool = spool;
    this.#onAway = onAway;
    this.#way = spool.isEmpty ? 'log' : 'spool';
    this.#look = setInterval(() => this.#lookForStall(), LOOK_MS).unref();
  }

  /** Whether records go to the spool: the log is away, or has not got yet what came while it was. */
  get isSpooling(): boolean {
    return this.#way === 'spool';
  }

  /**
   * Resolves when all records are durable, in the log or in the spool.
   * @throws Failure `unavailable` when neither can take them; of the log what is not retriable
   */
  append(records: readonly LogRecord[]): Promise<void> {
    this.#share.note(records);
    if (this.#way === 'spool') return this.#toSpool(records);
    if (this.#waiting === 0) this.#settledAt = performance.now();
    this.#waiting += 1;
    return this.#log.append(records).then(this.#taken, (error: unknown) => this.#refused(error, records));
  }

  /** Little is left in the spool: appends wait until it is empty, but not for long. */
  hold(): void {
    if (this.#held !== undefined || this.#way === 'log') return;
    this.#held = Promise.withResolvers<void>();
    this.#holdTimer = setTimeout(() => this.letGo(), HOLD_MS);
  }

  /** Appends wait no longer: they go where they go now. */
  letGo(): void {
    clearTimeout(this.#holdTimer);
    this.#held?.resolve();
    this.#held = undefined;
  }

  /** The spool is empty: records go to the log again. */
  resume(): void {
    this.#way = 'log';
    this.#settledAt = performance.now();
    this.#share.clear();
    this.letGo();
  }

  close(): void {
    clearInterval(this.#look);
    this.letGo();
  }

  readonly #taken = (): void => {
    this.#waiting -= 1;
    this.#settledAt = performance.now();
  };

  async #refused(error: unknown, records: readonly LogRecord[]): Promise<void> {
    this.#taken();
    if (!(error instanceof Failure && error.retriable)) throw error;
    const isChange = this.#way === 'log';
    this.#way = 'spool';
    const spooled = this.#toSpool(records, error);
    // Not before something is on its way into the spool: an empty one would be found drained.
    if (isChange) this.#onAway(error);
    await spooled;
  }

  async #toSpool(records: readonly LogRecord[], why?: Failure): Promise<void> {
    if (this.#held !== undefined) {
      await this.#held.promise;
      return this.append(records);
    }
    try {
      await this.#withinShare(records);
    } catch (cause) {
      if (cause instanceof Failure && !cause.retriable) throw cause;
      const text = 'neither the event log nor the spool can take events now; send the same again later';
      throw collectorFailure('unavailable', text, {
        cause: why === undefined ? cause : new AggregateError([why, cause]),
      });
    }
  }

  /** @throws Failure `spool_share`, and what the spool throws */
  async #withinShare(records: readonly LogRecord[]): Promise<void> {
    const { expected: bytes, maxBytes } = this.#spool;
    if (!this.#share.allows(records, { bytes, maxBytes }))
      throw spoolFailure('spool_share', 'this site has as much of the spool as it leaves to all others');
    // Before it is there: many at once are within it together.
    this.#share.take(records);
    try {
      await this.#spool.append(records);
    } catch (error) {
      this.#share.giveBack(records);
      throw error;
    }
  }

  #lookForStall(): void {
    if (this.#way === 'spool' || this.#waiting === 0) return;
    const silentMs = performance.now() - this.#settledAt;
    if (silentMs < STALL_MS) return;
    this.#way = 'spool';
    this.#onAway(new Error(`the event log has answered nothing for ${Math.round(silentMs)} ms`));
  }
}
