import type { Action } from '@footfall/core/access/permission';
import type { TenantState } from '@footfall/core/billing/entitlement';
import type { AccountNotice } from '#billing/account-banner.tsx';
import { services } from '#runtime/services.ts';
import type { Admission } from './screens.ts';
import type { Member } from './session.ts';

/** States in which a tenant's reports are not shown. */
const LOCKED_STATES = ['restricted', 'closed', 'suspended'] as const satisfies readonly TenantState[];
export type LockedState = (typeof LOCKED_STATES)[number];

/** What is locked with them: settings, keys, the team and the plan are not, so that whoever may can mend it. */
const LOCKED_ACTIONS: ReadonlySet<Action> = new Set<Action>(['reports.read']);
/** Pages that show figures beside what they are for. */
const LOCKED_PAGES: ReadonlySet<Admission> = new Set<Admission>(['reports.read', 'analysis.edit']);

/** Whether a route that does this is locked with the reports. */
export const isLockedAction = (action: Action): boolean => LOCKED_ACTIONS.has(action);
/** Whether a page of this admission is locked with the reports. */
export const isLockedPage = (admission: Admission): boolean => LOCKED_PAGES.has(admission);

/** The state for which a tenant's reports are locked now; null: they are shown. What cannot be read locks nobody. */
export async function findLock(tenantId: string): Promise<LockedState | null> {
  const { dashboards, state } = await services().findEntitlement(tenantId);
  return dashboards ? null : (LOCKED_STATES.find((locked) => locked === state) ?? 'restricted');
}

/** What a member's team is told about what it may do; null: nothing is wrong. */
export async function findAccountNotice({ tenant }: Pick<Member, 'tenant'>): Promise<AccountNotice | null> {
  const { state, overPlanLocksAt } = await services().findEntitlement(tenant.tenantId);
  if (state === 'suspended')
    return { kind: 'suspended', reason: (await tenant.support.readSuspension()) ?? '' };
  if (state === 'restricted') return { kind: 'restricted' };
  return overPlanLocksAt === null ? null : { kind: 'overPlan', locksAt: overPlanLocksAt };
}
