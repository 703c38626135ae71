import type { PlanLimit } from './billing/terms.ts';

/** What a tenant may have of something, on any plan: more than any shop needs, and few enough that one cannot hurt others. */
export const TENANT_LIMITS = {
  sites: 100,
  /** Of one site, beside its first. */
  domains: 50,
  /** Of one site. */
  goals: 200,
  /** Of one site. */
  funnels: 50,
  /** Of one site. */
  segments: 100,
  /** That are not revoked. */
  apiKeys: 100,
  /** That are not revoked. */
  embedKeys: 50,
  /** With those who are invited. */
  members: 500,
  webhooks: 10,
  /** Of webhooks, that somebody asked for. */
  waitingDeliveries: 100,
} as const;

export type LimitedThing = keyof typeof TENANT_LIMITS;

/** Of which a tenant's plan may have fewer, by the name of its limit. */
export const LIMITED_BY_PLAN: Readonly<Partial<Record<LimitedThing, PlanLimit>>> = {
  sites: 'sites',
  members: 'members',
};
