import { RateLimiterMemory } from 'rate-limiter-flexible';

/** How many questions a tenant's plan allows each of its API keys in an hour; null: as many as it likes. */
export type FindLimit = (tenantId: string) => Promise<number | null>;

/** What one more question means for a key: the limit, what is left of it, and seconds until all of it is there again. */
export type Allowance = { limit: number; remaining: number; resetSeconds: number; exceeded: boolean };

/**
 * How many times what a plan allows one key others may ask, so that many keys, or a session in their place, do not get round it: a person
 * with the portal open, and all keys and people of a tenant together. Embeds are asked for by the merchant's own customers: each key of
 * them, and all together, beside the tenant's own share, so that a busy marketplace does not lock its merchant out.
 */
const SHARES = { key: 1, person: 10, tenant: 20, embed: 10, embeds: 20 } as const;

/** Whose question it is. */
export type Counted = { kind: keyof typeof SHARES; id: string; tenantId: string };

export type QueryLimiter = {
  /** Counts a question of a key, a person or a tenant. Null when the tenant's plan has no limit. */
  count(of: Counted): Promise<Allowance | null>;
};

const WINDOW_SECONDS = 3600;

/**
 * Counts questions in hours that begin with a key's first one, in the memory of this process: a restart forgives, and each of
 * several portals counts for itself.
 */
export function createQueryLimiter(limitOf: FindLimit): QueryLimiter {
  // Plans differ and change, so the library counts and the limit is compared here.
  const counter = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: WINDOW_SECONDS });
  return {
    count: async ({ kind, id, tenantId }) => {
      const perKey = await limitOf(tenantId);
      if (perKey === null) return null;
      const limit = perKey * SHARES[kind];
      const { consumedPoints, msBeforeNext } = await counter.consume(`${kind} ${id}`);
      return {
        limit,
        remaining: Math.max(0, limit - consumedPoints),
        resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
        exceeded: consumedPoints > limit,
      };
    },
  };
}

/** An allowance as headers of the IETF's draft; `retry-after` when there is nothing left to ask with. */
export function allowanceHeaders(allowance: Allowance | null): Record<string, string> {
  if (allowance === null) return {};
  const { limit, remaining, resetSeconds, exceeded } = allowance;
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
    'ratelimit-policy': `${limit};w=${WINDOW_SECONDS}`,
    ...(exceeded ? { 'retry-after': String(resetSeconds) } : {}),
  };
}
