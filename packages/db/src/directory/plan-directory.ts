import type { Entitlement } from '@footfall/core/billing/entitlement';
import type { Pool } from '@footfall/postgres/pool';
import { OPEN_STANDING, readStanding, type Standing } from '../billing/entitlement.ts';
import type { Allowance } from '../tenant/plan.ts';
import { DEFAULT_TTL, Directory, type DirectoryTtl, type Known, resolveTtl } from './directory.ts';

/** Questions an hour and key on a plan that nobody knows: enough to work, and never without a limit. */
export const DEFAULT_QUERY_LIMIT = 600;

/** What another plan, a payment or a person of staff has changed is heard of within it. */
const MOST_MS = 10_000;
/** Tenants that are remembered. */
const MOST = 50_000;

type Options = DirectoryTtl & {
  /** Epoch milliseconds. */
  now?: () => number;
  /** Told when what a tenant may do cannot be read: it may do everything then. */
  onTrouble?: (error: unknown) => void;
};

/**
 * What tenants may do, from memory: the one place that collector, API and portal ask. A change is heard of within the time to live, 10 s at
 * most. Never rejects: what is known stands while it cannot be read, and without that a tenant may do everything.
 */
export class PlanDirectory {
  readonly #standings: Directory<Standing>;
  readonly #onTrouble: (error: unknown) => void;

  constructor(pool: Pool, { now = Date.now, onTrouble = () => undefined, ...ttl }: Options = DEFAULT_TTL) {
    this.#onTrouble = onTrouble;
    this.#standings = new Directory<Standing>({
      find: async (tenantId) =>
        readStanding(pool, tenantId, now()).catch((error: unknown) => {
          onTrouble(error);
          throw error;
        }),
      fields: {
        isKnown: true,
        state: true,
        plan: true,
        title: true,
        until: true,
        limits: true,
        features: true,
        eventCeiling: true,
        overPlanLocksAt: true,
        dashboards: true,
        collection: true,
      },
      ttl: resolveTtl(ttl, MOST_MS),
      max: MOST,
    });
  }

  /** What a tenant may do. */
  findEntitlement(tenantId: string): Promise<Entitlement> {
    return this.#find(tenantId);
  }

  /**
   * How many questions an hour a key of the tenant may ask the query API; null is no limit. A tenant or plan that is not known has
   * {@link DEFAULT_QUERY_LIMIT}.
   */
  async findQueryLimit(tenantId: string): Promise<number | null> {
    const { isKnown, limits } = await this.#find(tenantId);
    return isKnown ? limits.queries_per_hour : DEFAULT_QUERY_LIMIT;
  }

  /** How many events collectors take for a tenant. */
  async findAllowance(tenantId: string): Promise<Allowance> {
    const { eventCeiling, limits } = await this.#find(tenantId);
    return { eventsPerMonth: eventCeiling, eventsPerSecond: limits.events_per_second };
  }

  /** What is known, by tenant; see {@link Directory.known}. */
  known(max: number): Known<Standing>[] {
    return this.#standings.known(max);
  }

  /** Takes what an earlier process knew; see {@link Directory.recall}. */
  recall(known: readonly Known<Standing>[]): void {
    this.#standings.recall(known);
  }

  async #find(tenantId: string): Promise<Standing> {
    try {
      return (await this.#standings.get(tenantId)) ?? OPEN_STANDING;
    } catch (error) {
      this.#onTrouble(error);
      return OPEN_STANDING;
    }
  }
}
