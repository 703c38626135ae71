import type { SpoolFiles } from './files.ts';
import { adoptHome, homesUnder } from './home.ts';
import { Keeper, type KeeperOptions } from './keeper.ts';
import { segmentsAmong } from './segment.ts';

/** How often it looks for spools that nobody drains, milliseconds. */
const LOOK_MS = 30_000;

/** Drains what processes on this machine have left that do not come back: of four collectors, say, of which one is left. */
export class Adopter {
  readonly #root: string;
  /** The folder of this process itself. */
  readonly #own: string | null;
  readonly #options: KeeperOptions;
  /** Of which it is known that nothing is left, neither on the disk nor in what was said of it. */
  readonly #settled = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #adopted: Keeper | undefined;
  #isStopped = false;

  constructor(folders: { root: string; own: string | null }, options: KeeperOptions) {
    this.#root = folders.root;
    this.#own = folders.own;
    this.#options = options;
  }

  /** What is being drained for another. */
  get adopted(): Keeper | undefined {
    return this.#adopted;
  }

  /** Looks now, and then every half minute. */
  start(): void {
    this.#looking = this.#look()
      .catch((error: unknown) =>
        this.#options.news.trouble('the spools of others cannot be looked at', error),
      )
      .finally(() => {
        if (!this.#isStopped) this.#timer = setTimeout(() => this.start(), LOOK_MS).unref();
      });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#adopted?.stop();
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { files } = this.#options;
    for (const folder of await homesUnder(this.#root, files)) {
      if (this.#isStopped) return;
      if (folder === this.#own) continue;
      if (!this.#settled.has(folder) || (await holdsSegments(folder, files))) await this.#adopt(folder);
    }
  }

  async #adopt(folder: string): Promise<void> {
    const { files } = this.#options;
    const home = await adoptHome(folder, files);
    if (home === null) return;
    const keeper = await Keeper.open(home, this.#options).catch((error: unknown) => {
      home.release();
      throw error;
    });
    this.#adopted = keeper;
    await keeper.drain(false);
    this.#adopted = undefined;
    if (this.#isStopped) return;
    if (await keeper.stop()) this.#settled.add(folder);
  }
}

async function holdsSegments(folder: string, files: SpoolFiles): Promise<boolean> {
  return segmentsAmong(folder, await files.list(folder)).length > 0;
}
