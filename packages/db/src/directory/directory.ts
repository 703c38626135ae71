import { LRUCache } from 'lru-cache';
import { withTimeout } from '../timeout.ts';

export type DirectoryOptions<T> = {
  find: (key: string) => Promise<T | null>;
  /** All fields of a value: what an earlier version knew, with fewer, is not recalled. */
  fields: Readonly<Record<keyof T, true>>;
  /** How long an answer stands, milliseconds; `missing` for keys that were not found. */
  ttl: { found: number; missing: number };
  /** Entries kept at most. */
  max: number;
};

/** How long what is known stands, milliseconds: a service takes it from its configuration. */
export type DirectoryTtl = { ttlMs: number };

export const DEFAULT_TTL: DirectoryTtl = { ttlMs: 30_000 };

/** What was missing is asked for again soon: it may have been made meanwhile. */
const MISSING_MS = 2_000;

/** How long answers stand: as configured, but no longer than `most`. */
export function resolveTtl({ ttlMs }: DirectoryTtl, most = Infinity): DirectoryOptions<object>['ttl'] {
  return { found: Math.min(ttlMs, most), missing: Math.min(ttlMs, MISSING_MS) };
}

type Entry<T> = { value: T | null; freshUntil: number };

/** A database that has not answered by then counts as away; sooner where an answer is known already. Milliseconds. */
const TIMEOUT_MS = { known: 500, unknown: 5_000 };

/** While the database is away, what is known is answered this long before it is asked again. */
const RETRY_MS = 5_000;

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
    return this.#asking.get(key) ?? this.#ask(key);
  }

  /** What is known, as {@link recall} takes it: what was looked for last comes first, at most `max` entries. What is known to be missing is left out. */
  known(max: number): [key: string, value: T][] {
    const known: [string, T][] = [];
    for (const [key, { value }] of this.#entries.entries()) {
      if (known.length >= max) break;
      if (value !== null) known.push([key, value]);
    }
    return known;
  }

  /** Takes what an earlier process knew, as a last resort: it is asked for anew, and stands while the database is away. */
  recall(known: readonly (readonly [key: string, value: T])[]): void {
    const fields = Object.keys(this.#options.fields);
    for (const [key, value] of known.toReversed()) {
      if (this.#entries.peek(key) !== undefined || !fields.every((field) => field in value)) continue;
      this.#entries.set(key, { value, freshUntil: 0 });
    }
  }

  /** Forgets a key, so that the next look asks again. What is known stays as a last resort, in case the database is away then. */
  forget(key: string): void {
    // An answer on its way may be older than the reason to forget.
    this.#asking.delete(key);
    const entry = this.#entries.peek(key);
    if (entry !== undefined) entry.freshUntil = 0;
  }

  /** Forgets all keys, as {@link forget} does one. */
  forgetAll(): void {
    this.#asking.clear();
    for (const entry of this.#entries.values()) entry.freshUntil = 0;
  }

  #ask(key: string): Promise<T | null> {
    const { ttl, find } = this.#options;
    // Only what was asked last is remembered.
    const isLast = () => this.#asking.get(key) === asking;
    const remember = (value: T | null, standsFor: number) => {
      if (isLast()) this.#entries.set(key, { value, freshUntil: performance.now() + standsFor });
      return value;
    };
    const known = this.#entries.peek(key)?.value ?? null;
    const asking = withTimeout(known === null ? TIMEOUT_MS.unknown : TIMEOUT_MS.known, find(key))
      .then(
        (value) => remember(value, value === null ? ttl.missing : ttl.found),
        (error: unknown) => {
          // That a key was missing is no longer sure: its sender had better come again.
          if (known === null) throw error;
          return remember(known, RETRY_MS);
        },
      )
      .finally(() => {
        if (isLast()) this.#asking.delete(key);
      });
    this.#asking.set(key, asking);
    return asking;
  }
}
