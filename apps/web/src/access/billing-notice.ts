import type { TenantState } from '@footfall/core/billing/entitlement';
import { readEntitlement } from '@footfall/db/billing/entitlement';
import { services } from '#runtime/services.ts';
import { type Member, memberMay } from './session.ts';

/** What is said about a team's plan over every page. */
export type BillingNotice = {
  state: Extract<TenantState, 'trial' | 'grace' | 'restricted' | 'ending'>;
  /** When it ends by itself, epoch milliseconds; null for what does not. */
  until: number | null;
  /** Whether the reader can do something about it. */
  mayPay: boolean;
};

/** A trial that ends later is on the page of the plan alone. */
const SOON_MS = 4 * 24 * 3_600_000;

const SAID = ['trial', 'grace', 'restricted', 'ending'] as const;

/** What there is to say about a member's team and its plan; null: nothing, or no payment is taken here. */
export async function findBillingNotice(member: Member): Promise<BillingNotice | null> {
  const { billing, pool, clock } = services();
  // Staff that visits can do nothing about it.
  if (billing === null || member.visit !== null) return null;
  const now = clock.now();
  const { state, until } = await readEntitlement(pool, member.tenant.tenantId, now);
  const said = SAID.find((known) => known === state);
  if (said === undefined) return null;
  if (said === 'trial' && (until === null || until - now > SOON_MS)) return null;
  return { state: said, until, mayPay: memberMay(member, 'billing.manage') };
}
