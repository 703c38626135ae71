import type { Pool } from '@footfall/postgres/pool';
import { every, type Repeated } from '@footfall/timing/every';

/** Keys that one process notes between two rounds, at most: those beyond are noted with their next request. */
const MOST = 50_000;
const EVERY_MS = 60_000;

/** Tells the database that keys were used today. */
export const recordApiKeyUse = (pool: Pick<Pool, 'query'>) => (ids: string[]) =>
  pool.query({ name: 'note-api-key-use', text: 'SELECT note_api_key_use($1)', values: [ids] });

type Options = {
  /** Tells the database; rejects while it is away. */
  record: (ids: string[]) => Promise<unknown>;
  everyMs?: number;
  /** Epoch milliseconds. */
  now?: () => number;
};

const toDayNumber = (now: number) => Math.floor(now / 86_400_000);

/**
 * Notes on which day a key was used last, without making a request wait: a key is told of once a day and process, and those of a minute
 * together.
 */
export class ApiKeyUse {
  readonly #record: Options['record'];
  readonly #now: () => number;
  readonly #rounds: Repeated;
  #day = 0;
  #noted = new Set<string>();
  #waiting = new Set<string>();

  constructor({ record, everyMs = EVERY_MS, now = Date.now }: Options) {
    this.#record = record;
    this.#now = now;
    this.#rounds = every(
      everyMs,
      () => this.tell(),
      () => undefined,
    );
  }

  /** A key was used. */
  note(id: string): void {
    const day = toDayNumber(this.#now());
    if (day !== this.#day) {
      this.#day = day;
      this.#noted = new Set();
    }
    if (this.#noted.has(id) || this.#noted.size >= MOST) return;
    this.#noted.add(id);
    this.#waiting.add(id);
  }

  /** Tells what was noted since the last time. Never rejects: what cannot be told now is told with the next round. */
  async tell(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const told = [...this.#waiting];
    this.#waiting = new Set();
    try {
      await this.#record(told);
    } catch {
      for (const id of told) this.#waiting.add(id);
    }
  }

  async stop(): Promise<void> {
    await this.#rounds.stop();
    await this.tell();
  }
}
