import type { Pool } from '@footfall/postgres/pool';
import { ChangeListener } from './change-listener.ts';
import { Directory } from './directory.ts';
import { isId } from './id.ts';
import type { Site } from './site.ts';

const FIND = `
SELECT id, tenant_id AS "tenantId", site_key AS "siteKey", domain, timezone, currency, enabled,
  allowed_origins AS "allowedOrigins", retention_days AS "retentionDays", generation,
  next_generation AS "nextGeneration", next_timezone AS "nextTimezone"
FROM site WHERE id = $1 OR site_key = $1`;

/** Sites by id or site key, from memory; a change is heard at once, or after the time to live when the listener is cut off. */
export class SiteDirectory {
  readonly #sites: Directory<Site>;
  readonly #changes: ChangeListener;

  constructor(pool: Pool) {
    this.#sites = new Directory<Site>({
      find: async (reference) =>
        (await pool.query<Site>({ name: 'find-site', text: FIND, values: [reference] })).rows[0] ?? null,
      ttl: { found: 30_000, missing: 2_000 },
      max: 200_000,
    });
    this.#changes = new ChangeListener(pool, {
      channel: 'site_changed',
      onChange: (payload) => this.#forget(payload),
      onHearing: () => this.#sites.forgetAll(),
    });
  }

  /** The site of an id or site key, or null. Rejects only when the database is away and nothing is known. */
  async find(reference: string): Promise<Site | null> {
    return isId(reference) ? this.#sites.get(reference) : null;
  }

  /** Begins to hear of changes; never rejects: while the database is away it tries again. */
  listen(): Promise<void> {
    return this.#changes.start();
  }

  close(): void {
    this.#changes.close();
  }

  #forget(payload: string): void {
    try {
      const { id, key } = JSON.parse(payload) as { id: string; key: string };
      for (const reference of [id, key]) this.#sites.forget(reference);
    } catch {
      // Not from the trigger, say an operator's own NOTIFY: whatever it meant, nothing known is sure.
      this.#sites.forgetAll();
    }
  }
}
