import { setImmediate as endOfTurn } from 'node:timers/promises';

/**
 * After a group that so many items shared, as many are about to come: the next group waits for them, but not for long, instead of
 * going with the first few. Worth it where writing a group costs about the same whatever is in it.
 */
export type Crowd = {
  /** From how many items on a group counts as shared by a crowd. */
  items: number;
  /** How long the next group waits for as many, milliseconds. */
  gatherMs: number;
  /** How long after a group as many are expected, milliseconds. */
  lastsMs: number;
};

export type GroupCommitOptions<Item> = {
  /** Makes items durable, in this order. Called again only when it has resolved or rejected. */
  write: (items: readonly Item[]) => Promise<void>;
  sizeOf: (item: Item) => number;
  /** Size of one group, unless a single item has more. */
  maxGroup: number;
  /**
   * Whose an item is: where more waits than a group holds, half of it is for whoever waits longest and half for those of whom least waits, so
   * that nobody waits behind all of another's. Items of one owner stay in order. Default: all are of one.
   */
  readOwner?: (item: Item) => string;
  /** Default: no group waits for more than the turn of the event loop in which its first item came. */
  crowd?: Crowd;
};

type Waiting<Item> = {
  item: Item;
  size: number;
  resolve: () => void;
  reject: (error: unknown) => void;
};

const sumSizes = (waiting: readonly { size: number }[]): number =>
  waiting.reduce((sum, { size }) => sum + size, 0);

const NO_CROWD: Crowd = { items: Number.POSITIVE_INFINITY, gatherMs: 0, lastsMs: 0 };

/**
 * Writes together what comes together: while one group is on its way, what comes meanwhile gathers and shares the next. A lone
 * item is written at once.
 */
export class GroupCommit<Item> {
  readonly #options: GroupCommitOptions<Item>;
  readonly #crowdRule: Crowd;
  #waiting: Waiting<Item>[] = [];
  #waitingSize = 0;
  #writtenSize = 0;
  #writing: Promise<void> | undefined;
  /** How many items are expected, and until when, on the clock of the process. */
  #crowd = { items: 0, until: Number.NEGATIVE_INFINITY };
  /** Called when as many wait as are expected. */
  #gathered: (() => void) | undefined;

  constructor(options: GroupCommitOptions<Item>) {
    this.#options = options;
    this.#crowdRule = options.crowd ?? NO_CROWD;
  }

  /** Size of what waits for its group. */
  get waiting(): number {
    return this.#waitingSize;
  }

  /** Size of what waits or is being written. */
  get size(): number {
    return this.#waitingSize + this.#writtenSize;
  }

  /** Resolves when the item's group is written, rejects with what its writing was refused with. */
  add(item: Item): Promise<void> {
    const size = this.#options.sizeOf(item);
    const written = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ item, size, resolve, reject });
    });
    this.#waitingSize += size;
    if (this.#waiting.length >= this.#crowd.items) this.#gathered?.();
    this.#writing ??= this.#writeAll();
    return written;
  }

  /** Resolves when everything added so far is written or refused. */
  async idle(): Promise<void> {
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    const { items, lastsMs } = this.#crowdRule;
    while (this.#waiting.length > 0) {
      // What arrived together shares the group, instead of the first going alone.
      await (this.#isCrowdComing() ? this.#gather() : endOfTurn());
      const group = this.#take();
      await this.#writeGroup(group);
      if (group.length >= items) this.#crowd = { items: group.length, until: performance.now() + lastsMs };
    }
    this.#writing = undefined;
  }

  #isCrowdComing(): boolean {
    return this.#waiting.length < this.#crowd.items && performance.now() < this.#crowd.until;
  }

  #gather(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#gathered = undefined;
        resolve();
      };
      const timer = setTimeout(done, this.#crowdRule.gatherMs);
      this.#gathered = done;
    });
  }

  #take(): Waiting<Item>[] {
    const { maxGroup, readOwner } = this.#options;
    const isCrowded = readOwner !== undefined && this.#waitingSize > maxGroup;
    const group = this.#takeOldest(isCrowded ? maxGroup / 2 : maxGroup);
    if (isCrowded) group.push(...this.#takeSmallest(maxGroup - sumSizes(group), readOwner));
    const size = sumSizes(group);
    this.#waitingSize -= size;
    this.#writtenSize = size;
    return group;
  }

  /** What waits longest, as much as fits, and one item at least. */
  #takeOldest(most: number): Waiting<Item>[] {
    let [size, count] = [0, 0];
    for (const waiting of this.#waiting) {
      if (count > 0 && size + waiting.size > most) break;
      size += waiting.size;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  /** What waits of the owners of whom least waits, as much as fits. */
  #takeSmallest(most: number, readOwner: (item: Item) => string): Waiting<Item>[] {
    const byOwner = [...Map.groupBy(this.#waiting, ({ item }) => readOwner(item)).values()]
      .map((items) => ({ items, size: sumSizes(items) }))
      .sort((one, other) => one.size - other.size);
    const taken = new Set<Waiting<Item>>();
    let left = most;
    for (const waiting of byOwner.flatMap(({ items }) => items)) {
      // Those behind it are of larger owners, or must not overtake it.
      if (waiting.size > left) break;
      left -= waiting.size;
      taken.add(waiting);
    }
    const group = this.#waiting.filter((waiting) => taken.has(waiting));
    this.#waiting = this.#waiting.filter((waiting) => !taken.has(waiting));
    return group;
  }

  async #writeGroup(group: readonly Waiting<Item>[]): Promise<void> {
    const settle = await this.#options.write(group.map(({ item }) => item)).then(
      () => (waiting: Waiting<Item>) => waiting.resolve(),
      (error: unknown) => (waiting: Waiting<Item>) => waiting.reject(error),
    );
    this.#writtenSize = 0;
    for (const waiting of group) settle(waiting);
  }
}
