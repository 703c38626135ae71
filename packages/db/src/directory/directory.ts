import { LRUCache } from 'lru-cache';
import { withTimeout } from '../timeout.ts';

export type DirectoryOptions<T> = {
  find: (key: string) => Promise<T | null>;
  /** All fields of a value: what an earlier version knew, with fewer, is not recalled. */
  fields: Readonly<Record<keyof T, true>>;
  /** How long an answer stands, milliseconds; `missing` for keys that were not found. */
  ttl: { found: number; missing: number };
  /** How long what is known stands while the database is away, milliseconds; for ever unless given. */
  believedMs?: number;
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

/** `confirmedAt`: when the database said so last, epoch milliseconds. */
type Entry<T> = { value: T; freshUntil: number; confirmedAt: number };

/** What one process knows and another takes over: key, value, and when it was confirmed. */
export type Known<T> = readonly [key: string, value: T, confirmedAt?: number];

/** A database that has not answered by then counts as away; sooner where an answer is known already. Milliseconds. */
const TIMEOUT_MS = { known: 500, unknown: 5_000 };

/** Keys that are known to be missing, at most. */
const MAX_MISSING = 10_000;
/** Questions about keys of which nothing is known, at most at the same time. */
const MAX_ASKING = 2_000;

/** While the database is away, what is known is answered this long before it is asked again. */
const RETRY_MS = 5_000;

/**
 * A read-mostly view for hot paths: answers from memory, asks once for many that want the same, and goes on answering what
 * it knew while the database is away.
 */
export class Directory<T extends object> {
  readonly #options: DirectoryOptions<T>;
  /** What was found. What strangers make up has a place of its own, so that it drives nothing out of here. */
  readonly #entries: LRUCache<string, Entry<T>>;
  /** Until when a key is known to be missing. */
  readonly #missing = new LRUCache<string, number>({ max: MAX_MISSING });
  readonly #asking = new Map<string, Promise<T | null>>();

  constructor(options: DirectoryOptions<T>) {
    this.#options = options;
    this.#entries = new LRUCache({ max: options.max });
  }

  /** The value of a key, or null when there is none. Rejects only when the database is away and nothing is known. */
  get(key: string): Promise<T | null> {
    const entry = this.#entries.get(key);
    if (entry !== undefined && performance.now() < entry.freshUntil) return Promise.resolve(entry.value);
    if (entry === undefined && this.#isMissing(key)) return Promise.resolve(null);
    return this.#asking.get(key) ?? this.#ask(key);
  }

  /** Whether {@link get} answers from memory, or asks about something that is known to have been there: whether it costs no stranger's question. */
  isKnown(key: string): boolean {
    return this.#entries.has(key) || this.#asking.has(key) || this.#isMissing(key);
  }

  /** What is known, as {@link recall} takes it: what was looked for last comes first, at most `max` entries. */
  known(max: number): Known<T>[] {
    const known: Known<T>[] = [];
    for (const [key, { value, confirmedAt }] of this.#entries.entries()) {
      if (known.length >= max) break;
      known.push([key, value, confirmedAt]);
    }
    return known;
  }

  /** Takes what an earlier process knew, as a last resort: it is asked for anew, and stands while the database is away. */
  recall(known: readonly Known<T>[]): void {
    const fields = Object.keys(this.#options.fields);
    for (const [key, value, confirmedAt = 0] of known.toReversed()) {
      if (this.#entries.peek(key) !== undefined || !fields.every((field) => field in value)) continue;
      this.#entries.set(key, { value, freshUntil: 0, confirmedAt });
    }
  }

  /** Forgets a key, so that the next look asks again. What is known stays as a last resort, in case the database is away then. */
  forget(key: string): void {
    // An answer on its way may be older than the reason to forget.
    this.#asking.delete(key);
    const entry = this.#entries.peek(key);
    if (entry !== undefined) entry.freshUntil = 0;
    this.#missing.delete(key);
  }

  /** Forgets all keys, as {@link forget} does one. */
  forgetAll(): void {
    this.#asking.clear();
    for (const entry of this.#entries.values()) entry.freshUntil = 0;
    this.#missing.clear();
  }

  #isMissing(key: string): boolean {
    const until = this.#missing.get(key);
    return until !== undefined && performance.now() < until;
  }

  #ask(key: string): Promise<T | null> {
    const { ttl, find, believedMs = Number.POSITIVE_INFINITY } = this.#options;
    // Only what was asked last is remembered.
    const isLast = () => this.#asking.get(key) === asking;
    const remember = (value: T | null, standsFor: number, confirmedAt = Date.now()) => {
      if (!isLast()) return value;
      const freshUntil = performance.now() + standsFor;
      if (value === null) {
        this.#entries.delete(key);
        this.#missing.set(key, freshUntil);
      } else this.#entries.set(key, { value, freshUntil, confirmedAt });
      return value;
    };
    const entry = this.#entries.peek(key);
    const known = entry?.value ?? null;
    if (known === null && this.#asking.size >= MAX_ASKING)
      return Promise.reject(new Error(`${MAX_ASKING} questions are waiting for the database`));
    const asking = withTimeout(known === null ? TIMEOUT_MS.unknown : TIMEOUT_MS.known, find(key))
      .then(
        (value) => remember(value, value === null ? ttl.missing : ttl.found),
        (error: unknown) => {
          // That a key was missing is no longer sure: its sender had better come again.
          // Either way: one that was confirmed later than it is now would be believed until then, and longer.
          if (entry === undefined || Math.abs(Date.now() - entry.confirmedAt) > believedMs) throw error;
          return remember(entry.value, RETRY_MS, entry.confirmedAt);
        },
      )
      .finally(() => {
        if (isLast()) this.#asking.delete(key);
      });
    this.#asking.set(key, asking);
    return asking;
  }
}
