import { setImmediate as endOfTurn } from 'node:timers/promises';

type Waiting<Item> = { item: Item; resolve: () => void; reject: (error: unknown) => void };

/**
 * Writes together what comes together: while one group is on its way, what comes meanwhile gathers and shares the next. A lone
 * item is written at once.
 */
export class GroupCommit<Item extends { bytes: Uint8Array }> {
  readonly #write: (items: readonly Item[]) => Promise<void>;
  readonly #maxGroup: number;
  #waiting: Waiting<Item>[] = [];
  #bytes = 0;
  #writing: Promise<void> | undefined;

  /** `maxGroup`: bytes of one group, unless a single item has more. */
  constructor(write: (items: readonly Item[]) => Promise<void>, maxGroup: number) {
    this.#write = write;
    this.#maxGroup = maxGroup;
  }

  /** Bytes that wait to be written, or are being written. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Resolves when the item's group is written, rejects with what its writing was refused with. */
  add(item: Item): Promise<void> {
    this.#bytes += item.bytes.length;
    const written = new Promise<void>((resolve, reject) => this.#waiting.push({ item, resolve, reject }));
    this.#writing ??= this.#writeAll();
    return written;
  }

  /** Resolves when everything added so far is written or refused. */
  async idle(): Promise<void> {
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await endOfTurn();
      await this.#writeGroup(this.#take());
    }
    this.#writing = undefined;
  }

  #take(): Waiting<Item>[] {
    let [size, count] = [0, 0];
    for (const { item } of this.#waiting) {
      if (count > 0 && size + item.bytes.length > this.#maxGroup) break;
      size += item.bytes.length;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #writeGroup(group: readonly Waiting<Item>[]): Promise<void> {
    const settle = await this.#write(group.map(({ item }) => item)).then(
      () => (waiting: Waiting<Item>) => waiting.resolve(),
      (error: unknown) => (waiting: Waiting<Item>) => waiting.reject(error),
    );
    for (const waiting of group) {
      this.#bytes -= waiting.item.bytes.length;
      settle(waiting);
    }
  }
}
