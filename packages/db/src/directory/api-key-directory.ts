import type { Pool } from '@footfall/postgres/pool';
import { type ApiKey, hashOfApiKey, type Scope } from '../tenant/api-key.ts';
import { DEFAULT_TTL, Directory, type DirectoryTtl, resolveTtl } from './directory.ts';

const FIND = 'SELECT id, tenant_id AS "tenantId", scopes FROM api_key WHERE hash = $1 AND revoked_at IS NULL';

/** A revoked key ends within it. */
const MOST_MS = 10_000;

/** API keys by their secret, from memory; a revoked key ends within the time to live, 10 s at most. */
export class ApiKeyDirectory {
  readonly #keys: Directory<ApiKey>;

  constructor(pool: Pool, ttl: DirectoryTtl = DEFAULT_TTL) {
    this.#keys = new Directory<ApiKey>({
      find: async (hash) => {
        const { rows } = await pool.query<{ id: string; tenantId: string; scopes: Scope[] }>({
          name: 'find-api-key',
          text: FIND,
          values: [Buffer.from(hash, 'hex')],
        });
        return rows[0] ?? null;
      },
      fields: { id: true, tenantId: true, scopes: true },
      ttl: resolveTtl(ttl, MOST_MS),
      max: 50_000,
    });
  }

  /** The key that a request presents, or null when there is none such. The secret itself is not kept. */
  find(apiKey: string): Promise<ApiKey | null> {
    return this.#keys.get(Buffer.from(hashOfApiKey(apiKey)).toString('hex'));
  }

  /** What is known, by hash; see {@link Directory.known}. */
  known(max: number): [string, ApiKey][] {
    return this.#keys.known(max);
  }

  /** Takes what an earlier process knew; see {@link Directory.recall}. */
  recall(known: readonly [string, ApiKey][]): void {
    this.#keys.recall(known);
  }
}
