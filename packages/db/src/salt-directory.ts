import type { Pool } from '@footfall/postgres/pool';
import { within } from './patience.ts';
import { oldestSaltDay, saltOf } from './salt.ts';

/** How long a new day's salt is waited for, milliseconds. */
const PATIENCE_MS = 5_000;

/** Looks for salts to drop this often, milliseconds. */
const TIDY_MS = 10 * 60_000;

/** Salts by local day, from memory: they never change, and leave memory when they are destroyed. */
export class SaltDirectory {
  readonly #pool: Pool;
  readonly #now: () => number;
  readonly #salts = new Map<string, Promise<Uint8Array>>();

  constructor(pool: Pool, now: () => number = Date.now) {
    this.#pool = pool;
    this.#now = now;
    setInterval(() => this.tidy(), TIDY_MS).unref();
  }

  /** The salt of a local day. Rejects while the database is away and the day's salt was not asked for before. */
  of(day: string): Promise<Uint8Array> {
    let salt = this.#salts.get(day);
    if (salt === undefined) {
      salt = within(PATIENCE_MS, saltOf(this.#pool, day));
      this.#salts.set(day, salt);
      // A failure is not remembered.
      salt.catch(() => this.#salts.delete(day));
    }
    return salt;
  }

  /** Drops the salts that are destroyed by now; it is done by itself every ten minutes. */
  tidy(): void {
    const oldest = oldestSaltDay(this.#now());
    for (const day of this.#salts.keys()) if (day < oldest) this.#salts.delete(day);
  }
}
