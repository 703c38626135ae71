import type { SpoolLine, SpoolState } from '@footfall/db/count/spool-backlog';
import { orAfter } from '@footfall/timing/deadline';
import { sleep } from '@footfall/timing/sleep';
import type { Spool } from './spool.ts';

/** Where what spools hold is told to the ledger. */
export type BacklogStore = {
  publish(spool: SpoolState, lines: readonly SpoolLine[]): Promise<void>;
  clearLines(id: string): Promise<void>;
  forget(id: string): Promise<void>;
};

export type PublisherOptions = {
  board: BacklogStore;
  spool: Spool;
  /** Of the spool's folder, and where that is. */
  identity: { id: string; place: string };
};

/** Between two publications while something is in the spool, milliseconds. */
const EVERY_MS = 1_000;
/** Sites and days of one statement. */
const MAX_LINES = 5_000;
/** With very many sites, publishing takes this share of the time at most. */
const SHARE = 0.1;
/** A board that failed is not waited for again so soon, milliseconds. */
const AWAY_MS = 5_000;
/** How long a batch waits to be withdrawn, milliseconds: draining must not depend on the board. */
const WITHDRAW_MS = 1_000;

/**
 * Tells what a spool holds: when it is filled, once a second, before a batch leaves it, and when it is empty. While the board is
 * away nothing is told, and nothing waits for it.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  /** The board has what we think it has. */
  #isKnown = false;
  #hasSpoken = false;
  #failedAt = Number.NEGATIVE_INFINITY;
  #last: Promise<void> = Promise.resolve();
  #running: Promise<void> | undefined;
  #isStopped = false;
  #wake = new AbortController();

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Says how the spool is, now and until it is empty. Called with every append, so it does next to nothing while that is being done. */
  begin(): void {
    if (this.#running === undefined && !this.#isStopped) this.#running = this.#run();
  }

  /** The spool is empty: no need to wait for the next second to say so. */
  emptied(): void {
    this.#wake.abort();
  }

  /**
   * Resolves when nobody finds these sites and days counted as more than the backlog says, after a second at the latest. Answers
   * whether that is so.
   */
  async withdraw(lines: Iterable<{ siteId: string; day: string }>): Promise<boolean> {
    if (performance.now() - this.#failedAt < AWAY_MS) return false;
    const withdrawn = this.#inTurn(() => (this.#isKnown ? this.#say(lines) : this.#sayAll()));
    return orAfter(
      WITHDRAW_MS,
      withdrawn.then(() => this.#isKnown),
      false,
    );
  }

  /** Ends publishing with a last word; what was said stays, as what is in the spool does. Answers whether it was heard. */
  async stop(): Promise<boolean> {
    this.#isStopped = true;
    this.#wake.abort();
    await this.#running;
    if (this.#hasSpoken) await this.#inTurn(() => this.#sayAll());
    return this.#isKnown;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const begun = performance.now();
      this.#wake = new AbortController();
      await this.#inTurn(() => this.#sayAll());
      if (this.#options.spool.backlog.records === 0 && this.#isKnown) break;
      const restMs = Math.max(EVERY_MS, (performance.now() - begun) * (1 / SHARE - 1));
      // Woken to say that the spool is empty, or to stop.
      await sleep(restMs, this.#wake.signal);
    }
    this.#running = undefined;
  }

  /** One after the other: counts are absolute, and the later must win. */
  #inTurn(say: () => Promise<void>): Promise<void> {
    this.#hasSpoken = true;
    this.#last = this.#last.then(say).catch(() => {
      // Of what was said, anything may have arrived. That the database is away is its own check to tell.
      this.#isKnown = false;
      this.#failedAt = performance.now();
    });
    return this.#last;
  }

  async #sayAll(): Promise<void> {
    const { board, spool, identity } = this.#options;
    if (spool.backlog.records === 0 && spool.backlog.oldest === null) {
      spool.backlog.takeChanged(Number.POSITIVE_INFINITY);
      await board.forget(identity.id);
      this.#isKnown = true;
      return;
    }
    if (!this.#isKnown) {
      await board.clearLines(identity.id);
      spool.backlog.changeAll();
    }
    do await this.#say(null);
    while (spool.backlog.changed > 0 && spool.backlog.oldest !== null);
    this.#isKnown = true;
  }

  async #say(of: Iterable<{ siteId: string; day: string }> | null): Promise<void> {
    const { board, spool, identity } = this.#options;
    const { oldest, records } = spool.backlog;
    if (oldest === null) return;
    const lines = spool.backlog.takeChanged(MAX_LINES, of);
    await board.publish({ ...identity, records, bytes: spool.bytes, oldestReceivedAt: oldest }, lines);
  }
}
