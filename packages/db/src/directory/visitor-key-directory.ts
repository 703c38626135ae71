import { statedVisitorKey } from '@footfall/core/visitor';
import type { Pool } from '@footfall/postgres/pool';
import { withTimeout } from '../timeout.ts';
import { readVisitorKeys, type VisitorKey } from './visitor-key.ts';

/** How long the first look is waited for, milliseconds: while the database is away, what an earlier process knew must do. */
const TIMEOUT_MS = 5_000;

/** The keys of stated visitors by local day, from memory. Rotations are made a day ahead, so a collector hears of them in time. */
export class VisitorKeyDirectory {
  readonly #pool: Pool;
  readonly #secret: string;
  readonly #first: Uint8Array;
  #rotations: readonly { fromDay: string; value: Uint8Array; key: Uint8Array }[] = [];

  constructor(pool: Pool, { secret, ttlMs }: { secret: string; ttlMs: number }) {
    this.#pool = pool;
    this.#secret = secret;
    this.#first = statedVisitorKey(secret);
    setInterval(() => void this.refresh(), ttlMs).unref();
  }

  /** Looks what there is. Never rejects: what is known stands while the database is away. */
  async refresh(): Promise<void> {
    try {
      this.recall(await withTimeout(TIMEOUT_MS, readVisitorKeys(this.#pool)));
    } catch {
      // The next look asks again.
    }
  }

  /** The key of a local day's ids. */
  keyFor(day: string): Uint8Array {
    return this.#rotations.findLast(({ fromDay }) => fromDay <= day)?.key ?? this.#first;
  }

  /** What is known, for a successor. */
  known(): VisitorKey[] {
    return this.#rotations.map(({ fromDay, value }) => ({ fromDay, value }));
  }

  /** Takes what an earlier process knew. */
  recall(known: readonly VisitorKey[]): void {
    // A rotation stays for ever, so whoever knows more is right.
    if (known.length < this.#rotations.length) return;
    this.#rotations = known.map(({ fromDay, value }) => ({
      fromDay,
      value,
      key: statedVisitorKey(this.#secret, value),
    }));
  }
}
