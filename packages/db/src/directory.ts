import { LRUCache } from 'lru-cache';

export type DirectoryOptions<T> = {
  find: (key: string) => Promise<T | null>;
  /** How long an answer stands, milliseconds; `missing` for keys that were not found. */
  ttl: { found: number; missing: number };
  /** Entries kept at most. */
  max: number;
};

type Entry<T> = { value: T | null; freshUntil: number };

/**
 * A read-mostly view for hot paths: answers from memory, asks once for many that want the same, and goes on answering what
 * it knew while the database is away.
 */
export class Directory<T extends object> {
  readonly #options: DirectoryOptions<T>;
  readonly #entries: LRUCache<string, Entry<T>>;
  readonly #asking = new Map<string, Promise<T | null>>();

  constructor(options: DirectoryOptions<T>) {
    this.#options = options;
    this.#entries = new LRUCache({ max: options.max });
  }

  /** The value of a key, or null when there is none. Rejects only when the database is away and nothing is known. */
  get(key: string): Promise<T | null> {
    const entry = this.#entries.get(key);
    if (entry !== undefined && performance.now() < entry.freshUntil) return Promise.resolve(entry.value);
    let asking = this.#asking.get(key);
    if (asking === undefined) {
      asking = this.#ask(key, entry).finally(() => this.#asking.delete(key));
      this.#asking.set(key, asking);
    }
    return asking;
  }

  /** Forgets a key, so that the next look asks again. */
  forget(key: string): void {
    const entry = this.#entries.get(key);
    // Kept as a last resort, in case the database is away just then.
    if (entry !== undefined) this.#entries.set(key, { ...entry, freshUntil: 0 });
  }

  async #ask(key: string, known: Entry<T> | undefined): Promise<T | null> {
    const { ttl, find } = this.#options;
    try {
      const value = await find(key);
      this.#entries.set(key, {
        value,
        freshUntil: performance.now() + (value === null ? ttl.missing : ttl.found),
      });
      return value;
    } catch (error) {
      if (known?.value) return known.value;
      throw error;
    }
  }
}
