import type { Pool } from '@footfall/postgres/pool';
import { withTimeout } from '../timeout.ts';
import { oldestSaltDay, readOrCreateSalt } from './salt.ts';

/** How long a new day's salt is waited for, milliseconds. */
const TIMEOUT_MS = 5_000;

/** Looks for salts to drop this often, milliseconds. */
const TIDY_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

/** Salts by local day, from memory: they never change, and leave memory when they are destroyed. */
export class SaltDirectory {
  readonly #pool: Pool;
  readonly #now: () => number;
  readonly #salts = new Map<string, Promise<Uint8Array>>();

  constructor(pool: Pool, now: () => number = Date.now) {
    this.#pool = pool;
    this.#now = now;
    setInterval(() => {
      this.tidy();
      void this.prepare();
    }, TIDY_MS).unref();
  }

  /** The salts that are known by now, by day. */
  async known(): Promise<[day: string, salt: Uint8Array][]> {
    const settled = [...this.#salts].map(([day, salt]) =>
      salt.then(
        (value) => [[day, value] as [string, Uint8Array]],
        () => [],
      ),
    );
    return (await Promise.all(settled)).flat();
  }

  /** Takes what an earlier process knew, but for what is destroyed by now. */
  recall(known: readonly (readonly [day: string, salt: Uint8Array])[]): void {
    for (const [day, salt] of known) if (!this.#salts.has(day)) this.#salts.set(day, Promise.resolve(salt));
    this.tidy();
  }

  /** Asks for the salts of all local days that there are now or soon, so that a day may begin while the database is away. */
  async prepare(): Promise<void> {
    const days = [-1, 0, 1].map((days) => new Date(this.#now() + days * DAY_MS).toISOString().slice(0, 10));
    // The next time, or whoever needs it, asks again.
    await Promise.all(days.map((day) => this.of(day).catch(() => undefined)));
  }

  /** The salt of a local day. Rejects while the database is away and the day's salt was not asked for before. */
  of(day: string): Promise<Uint8Array> {
    let salt = this.#salts.get(day);
    if (salt === undefined) {
      salt = withTimeout(TIMEOUT_MS, readOrCreateSalt(this.#pool, day));
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
