import type { Pool } from '@footfall/postgres/pool';
import { Directory } from './directory.ts';
import { saltOf } from './salt.ts';

/** Salts by local day, from memory. A salt never changes; a few days are in use at a time. */
export class SaltDirectory {
  readonly #salts: Directory<{ salt: Uint8Array }>;

  constructor(pool: Pool) {
    this.#salts = new Directory({
      find: async (day) => ({ salt: await saltOf(pool, day) }),
      ttl: { found: 6 * 3_600_000, missing: 0 },
      max: 16,
    });
  }

  /** The salt of a local day. */
  async of(day: string): Promise<Uint8Array> {
    const found = await this.#salts.get(day);
    return found?.salt ?? new Uint8Array();
  }
}
