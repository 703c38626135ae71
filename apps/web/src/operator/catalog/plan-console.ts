import {
  type Actor,
  createPlan,
  deleteDraft,
  draftNextVersion,
  saveDraft,
} from '@footfall/billing/catalog/draft';
import { catalogFailure } from '@footfall/billing/catalog/errors';
import { archivePlan, connectPlan, publishPlan, reopenDraft } from '@footfall/billing/catalog/publish';
import { offerTrial } from '@footfall/billing/catalog/trial';
import { findPlan, type PlanDetails } from '@footfall/db/staff/plans';
import { staffServices } from '#runtime/staff-services.ts';

export { DRAFT_BOUNDS } from '@footfall/billing/catalog/draft';

/** A version of a plan with the one before it, and whether there is a payment provider at which it is made. */
export type LoadedPlan = { plan: PlanDetails; before: PlanDetails | null; isBilling: boolean };

/** Whether payments are taken here. */
export const isBilling = (): boolean => staffServices().payments !== null;

/** A version of a plan; null where there is none. */
export async function loadPlan(name: string): Promise<LoadedPlan | null> {
  const { staffPool } = staffServices();
  const plan = await findPlan(staffPool, name);
  if (plan === null) return null;
  const before = plan.before === null ? null : await findPlan(staffPool, plan.before);
  return { plan, before, isBilling: isBilling() };
}

type Given<F extends (pool: never, given: never) => unknown> = Parameters<F>[1];

/** Makes a plan as a draft; answers its name. */
export const addPlan = (given: Given<typeof createPlan>): Promise<string> =>
  createPlan(staffServices().staffPool, given);

/** Writes a draft anew. */
export const writePlan = (given: Given<typeof saveDraft>): Promise<void> =>
  saveDraft(staffServices().staffPool, given);

/** What is done to a plan as a whole. Each answers the plan to show after it; null: the list. */
const STEPS = {
  publish: async (name: string, actor: Actor) => {
    const { staffPool, payments } = staffServices();
    await publishPlan(staffPool, name, { gateway: payments?.catalog ?? null, actor });
    return name;
  },
  reopen: async (name: string, actor: Actor) => {
    const { staffPool, payments } = staffServices();
    await reopenDraft(staffPool, name, { gateway: payments?.catalog ?? null, actor });
    return name;
  },
  connect: async (name: string, actor: Actor) => {
    const { staffPool, payments } = staffServices();
    if (payments === null) throw catalogFailure('billing_off', 'no payment is taken here', { where: 'plan' });
    await connectPlan(staffPool, name, { gateway: payments.catalog, actor });
    return name;
  },
  archive: async (name: string, actor: Actor) => {
    const { staffPool, payments } = staffServices();
    await archivePlan(staffPool, name, { gateway: payments?.catalog ?? null, actor });
    return name;
  },
  offerTrial: async (name: string, actor: Actor) => {
    await offerTrial(staffServices().staffPool, name, { isOffered: true, actor });
    return name;
  },
  endTrials: async (name: string, actor: Actor) => {
    await offerTrial(staffServices().staffPool, name, { isOffered: false, actor });
    return name;
  },
  draft: (name: string, actor: Actor) => draftNextVersion(staffServices().staffPool, { name, actor }),
  delete: async (name: string, actor: Actor) => {
    await deleteDraft(staffServices().staffPool, { name, actor });
    return null;
  },
} satisfies Record<string, (name: string, actor: Actor) => Promise<string | null>>;

export type PlanStep = keyof typeof STEPS;

/** The step that a text names; null for any other. */
export const planStep = (text: string): PlanStep | null =>
  Object.hasOwn(STEPS, text) ? (text as PlanStep) : null;

/** Takes a plan one step on; answers the plan to show after it. */
export const takeStep = (step: PlanStep, name: string, actor: Actor): Promise<string | null> =>
  STEPS[step](name, actor);
