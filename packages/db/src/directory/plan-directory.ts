import type { Pool } from '@footfall/postgres/pool';
import type { Allowance } from '../tenant/plan.ts';
import { tenantRows } from '../tenant/transaction.ts';
import { DEFAULT_TTL, Directory, type DirectoryTtl, type Known, resolveTtl } from './directory.ts';

/** Questions an hour and key on a plan that nobody knows: enough to work, and never without a limit. */
export const DEFAULT_QUERY_LIMIT = 600;

const FIND = `
SELECT p.name IS NOT NULL AS known, p.query_limit_per_hour AS "limit", p.event_limit_per_month AS "eventsPerMonth",
  p.event_limit_per_second AS "eventsPerSecond"
FROM tenant t LEFT JOIN plan p ON p.name = t.plan WHERE t.id = $1`;

type Row = { known: boolean; limit: number | null } & Allowance;

/** A plan that nobody knows does not cost a merchant events: they cannot be counted later. */
const NO_LIMITS: Allowance = { eventsPerMonth: null, eventsPerSecond: null };

/** Another plan is heard of within it. */
const MOST_MS = 10_000;

/** What tenants may do, from memory; another plan is heard of within the time to live, 10 s at most. */
export class PlanDirectory {
  readonly #plans: Directory<Row>;

  constructor(pool: Pool, ttl: DirectoryTtl = DEFAULT_TTL) {
    this.#plans = new Directory<Row>({
      find: async (tenantId) =>
        (await tenantRows(pool, tenantId).query<Row>({ name: 'find-plan', text: FIND, values: [tenantId] }))
          .rows[0] ?? null,
      fields: { known: true, limit: true, eventsPerMonth: true, eventsPerSecond: true },
      ttl: resolveTtl(ttl, MOST_MS),
      max: 50_000,
    });
  }

  /**
   * How many questions an hour a key of the tenant may ask the query API; null is no limit. A tenant or plan that is not known has
   * {@link DEFAULT_QUERY_LIMIT}. Rejects only when the database is away and nothing is known.
   */
  async findQueryLimit(tenantId: string): Promise<number | null> {
    const row = await this.#plans.get(tenantId);
    return row?.known ? row.limit : DEFAULT_QUERY_LIMIT;
  }

  /** How many events collectors take for a tenant. Rejects only when the database is away and nothing is known. */
  async findAllowance(tenantId: string): Promise<Allowance> {
    return (await this.#plans.get(tenantId)) ?? NO_LIMITS;
  }

  /** What is known, by tenant; see {@link Directory.known}. */
  known(max: number): Known<Row>[] {
    return this.#plans.known(max);
  }

  /** Takes what an earlier process knew; see {@link Directory.recall}. */
  recall(known: readonly Known<Row>[]): void {
    this.#plans.recall(known);
  }
}
