import type { Pool } from '@footfall/postgres/pool';
import { Directory } from './directory.ts';
import type { Site } from './site.ts';

const FIND = `
SELECT id, tenant_id AS "tenantId", site_key AS "siteKey", domain, timezone, currency, enabled,
  allowed_origins AS "allowedOrigins", retention_days AS "retentionDays", generation
FROM site WHERE id = $1 OR site_key = $1`;

const CHANNEL = 'site_changed';
const RECONNECT_MS = 2_000;

/** Sites by id or site key, from memory; a change is heard at once, or after the time to live when the listener is cut off. */
export class SiteDirectory {
  readonly #pool: Pool;
  readonly #sites: Directory<Site>;
  #closed = false;
  #release: (() => void) | undefined;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#sites = new Directory<Site>({
      find: async (reference) =>
        (await pool.query<Site>({ name: 'find-site', text: FIND, values: [reference] })).rows[0] ?? null,
      ttl: { found: 30_000, missing: 2_000 },
      max: 200_000,
    });
  }

  /** The site of an id or site key, or null. */
  find(reference: string): Promise<Site | null> {
    return this.#sites.get(reference);
  }

  /** Begins to hear of changes; never rejects: while the database is away it tries again. */
  async listen(): Promise<void> {
    try {
      const client = await this.#pool.connect();
      const again = () => {
        this.#release = undefined;
        client.release(true);
        this.#retry();
      };
      client.once('error', again);
      client.on('notification', ({ payload }) => this.#forget(payload));
      this.#release = () => {
        client.off('error', again);
        client.release(true);
      };
      await client.query(`LISTEN ${CHANNEL}`);
    } catch {
      // The time to live bounds what is missed meanwhile.
      this.#retry();
    }
  }

  close(): void {
    this.#closed = true;
    this.#release?.();
  }

  #retry(): void {
    if (!this.#closed) setTimeout(() => void this.listen(), RECONNECT_MS).unref();
  }

  #forget(payload: string | undefined): void {
    const { id, key } = JSON.parse(payload ?? '{}') as { id?: string; key?: string };
    for (const reference of [id, key]) if (reference !== undefined) this.#sites.forget(reference);
  }
}
