import type { Pool } from '@footfall/postgres/pool';
import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import pg from 'pg';

export type ChangeListenerOptions = {
  /** The channel of NOTIFY. */
  channel: string;
  onChange: (payload: string) => void;
  /** Called each time that it hears again, the first time included: what happened before was missed. */
  onHearing: () => void;
};

/** Between a lost connection and the next try. */
const RETRY: Backoff = { min: 500, max: 10_000 };

/**
 * Hears NOTIFY on a connection of its own, besides the pool's, which it opens again whenever it is lost; ever more slowly
 * while the database is away.
 */
export class ChangeListener {
  readonly #pool: Pool;
  readonly #options: ChangeListenerOptions;
  #client: pg.Client | undefined;
  /** Losses in a row. */
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** The pool is asked for nothing but how to connect. */
  constructor(pool: Pool, options: ChangeListenerOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  /** Resolves after the first attempt, whether it hears or not; never rejects. */
  async start(): Promise<void> {
    const client = new pg.Client({ ...this.#pool.options, keepAlive: true });
    this.#client = client;
    // Every loss ends the connection; the error alone says nothing that its end does not.
    client.on('error', () => undefined);
    client.once('end', () => this.#lost(client));
    client.on('notification', ({ payload }) => this.#options.onChange(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(this.#options.channel)}`);
      this.#failures = 0;
      this.#options.onHearing();
    } catch {
      // The database is away. What changes meanwhile is noticed when it hears again.
      this.#lost(client);
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    void this.#client?.end().catch(() => undefined);
  }

  #lost(client: pg.Client): void {
    if (client !== this.#client) return;
    this.#client = undefined;
    void client.end().catch(() => undefined);
    if (this.#closed) return;
    this.#failures += 1;
    this.#timer = setTimeout(() => void this.start(), backoffPause(this.#failures, RETRY)).unref();
  }
}
