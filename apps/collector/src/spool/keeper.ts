import { Drain, type DrainHooks, type Sink } from './drain.ts';
import type { SpoolFiles } from './files.ts';
import type { Home } from './home.ts';
import { type BacklogStore, Publisher } from './publisher.ts';
import { setAside } from './refused-file.ts';
import { Spool, type SpoolListener } from './spool.ts';

export type KeeperOptions = {
  files: SpoolFiles;
  /** Bytes on the disk. */
  maxBytes: number;
  log: Sink;
  board: BacklogStore;
  news: SpoolListener;
};

/** Those that wait for what a spool still holds; an adopted spool has none. */
export type Senders = Pick<DrainHooks, 'nearEnd' | 'failed' | 'empty'>;

const NOBODY: Senders = { nearEnd: () => undefined, failed: () => undefined, empty: () => undefined };

/** A spool in its folder, with what drains it and what tells the ledger of it. */
export class Keeper {
  readonly spool: Spool;
  readonly #home: Home;
  readonly #options: KeeperOptions;
  readonly #publisher: Publisher;
  readonly #end = new AbortController();
  #counted: Promise<void> | undefined;
  #draining: Promise<void> | undefined;

  private constructor(home: Home, options: KeeperOptions, spool: Spool, publisher: Publisher) {
    this.#home = home;
    this.#options = options;
    this.spool = spool;
    this.#publisher = publisher;
  }

  /** Opens the spool of a folder, which is released when the keeper stops. */
  static async open(home: Home, options: KeeperOptions): Promise<Keeper> {
    const { files, maxBytes, board, news } = options;
    const told: SpoolListener = {
      ...news,
      spooled: (records) => {
        publisher.begin();
        news.spooled(records);
      },
    };
    const spool = await Spool.open({ folder: home.folder, files, maxBytes, news: told });
    const publisher = new Publisher({ board, spool, identity: { id: home.id, place: home.place } });
    // What an earlier process said of a spool that is empty by now may still stand.
    if (spool.isEmpty) publisher.begin();
    return new Keeper(home, options, spool, publisher);
  }

  get folder(): string {
    return this.#home.folder;
  }

  /**
   * Begins to drain, unless it does already; `isAway`: the log is waited for first. Resolves when the spool is empty or the keeper
   * stops; never rejects.
   */
  drain(isAway: boolean, senders: Senders = NOBODY): Promise<void> {
    this.#draining ??= this.#drain(isAway, senders);
    return this.#draining;
  }

  /** Lets go of the folder; what is in the spool stays for whoever has it next. Answers whether the ledger knows how it is. */
  async stop(): Promise<boolean> {
    this.#end.abort();
    await this.#draining;
    const isKnown = await this.#publisher.stop();
    await this.spool.close();
    this.#home.release();
    return isKnown;
  }

  async #drain(isAway: boolean, senders: Senders): Promise<void> {
    const { log, news, files } = this.#options;
    this.#counted ??= this.spool.count();
    await this.#counted;
    this.#publisher.begin();
    const hooks: DrainHooks = {
      ...senders,
      beforeAppend: async ({ summaries }) => {
        if (!(await this.#publisher.withdraw(summaries.flatMap(({ tally }) => tally)))) news.notWithdrawn();
      },
      empty: () => {
        // At once: who finds the log away from now on must be able to begin anew.
        this.#draining = undefined;
        senders.empty();
        this.#publisher.emptied();
      },
    };
    const drain = new Drain({
      spool: this.spool,
      log,
      hooks,
      news,
      setAside: (records) => setAside(this.#home.folder, files, records),
      signal: this.#end.signal,
    });
    await drain.run(isAway);
  }
}
