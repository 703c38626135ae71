import type { Pool } from '@footfall/postgres/pool';
import { hashToken } from '../account/secret-token.ts';
import { isApiKeyText } from '../id.ts';
import { API_KEY_COLUMNS, type ApiKey, type ApiKeyRow, readApiKey } from '../tenant/api-key.ts';
import { ChangeListener } from './change-listener.ts';
import { DEFAULT_TTL, Directory, type DirectoryTtl, type Known, resolveTtl } from './directory.ts';

// Keys of a tenant that is being deleted open nothing.
const FIND = `
SELECT ${API_KEY_COLUMNS} FROM api_key_of_hash($1) AS k
WHERE NOT EXISTS (SELECT FROM tenant t WHERE t.id = k.tenant_id AND t.deletion_asked_at IS NOT NULL)`;

/** A revoked key ends within it, where no notice of the change was heard. */
const MOST_MS = 10_000;
/** How long a key that was good is believed while the database is away: a revoked one must not go on for ever. */
export const KEY_BELIEVED_MS = 3_600_000;

/** What the hash of a key is asked by: hexadecimal text. */
const hashText = (apiKey: string) => Buffer.from(hashToken(apiKey)).toString('hex');

/** API keys by their secret, from memory; a revoked key ends at once, or within the time to live, 10 s at most, when the listener is cut off. */
export class ApiKeyDirectory {
  readonly #keys: Directory<ApiKey>;
  readonly #changes: ChangeListener;
  readonly #now: () => number;

  /** `now`: the clock that the ends of keys are compared with, epoch milliseconds. */
  constructor(pool: Pool, ttl: DirectoryTtl = DEFAULT_TTL, now: () => number = Date.now) {
    this.#now = now;
    this.#keys = new Directory<ApiKey>({
      find: async (hash) => {
        const { rows } = await pool.query<ApiKeyRow>({
          name: 'find-api-key',
          text: FIND,
          values: [Buffer.from(hash, 'hex')],
        });
        return rows[0] === undefined ? null : readApiKey(rows[0]);
      },
      fields: { id: true, tenantId: true, scopes: true, sites: true, endsAt: true },
      ttl: resolveTtl(ttl, MOST_MS),
      believedMs: KEY_BELIEVED_MS,
      max: 50_000,
    });
    this.#changes = new ChangeListener(pool, {
      channel: 'api_key_changed',
      onChange: (hash) => this.#keys.forget(hash),
      onHearing: () => this.#keys.forgetAll(),
    });
  }

  /** The key that a request presents, or null when there is none such, or it has ended. The secret itself is not kept. */
  async find(apiKey: string): Promise<ApiKey | null> {
    const key = isApiKeyText(apiKey) ? await this.#keys.get(hashText(apiKey)) : null;
    // Also of one that is remembered while the database is away.
    return key === null || (key.endsAt !== null && key.endsAt <= this.#now()) ? null : key;
  }

  /** Whether {@link find} has no new question to ask; see {@link Directory.isKnown}. What cannot be a key is known not to be one. */
  isKnown(apiKey: string): boolean {
    return !isApiKeyText(apiKey) || this.#keys.isKnown(hashText(apiKey));
  }

  /** What is known, by hash; see {@link Directory.known}. */
  known(max: number): Known<ApiKey>[] {
    return this.#keys.known(max);
  }

  /** Takes what an earlier process knew; see {@link Directory.recall}. */
  recall(known: readonly Known<ApiKey>[]): void {
    this.#keys.recall(known);
  }

  /** Begins to hear of keys that are revoked; never rejects: while the database is away it tries again. */
  listen(): Promise<void> {
    return this.#changes.start();
  }

  close(): void {
    this.#changes.close();
  }
}
