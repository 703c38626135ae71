'use server';

import type { GivenTerm } from '@footfall/billing/subscribers/terms';
import { PLAN_FEATURES, PLAN_LIMITS } from '@footfall/core/billing/terms';
import { parseUnits } from '@footfall/core/billing/typed-amount';
import { z } from 'zod';
import { staffAction } from '#access/action.ts';
import { formFailure, text } from '#access/form.ts';
import * as subscribers from './subscriber-console.ts';

/** The first moment of a day (UTC) as a form has it; not a number for any other text. */
const dayBegins = (day: string): number => Date.parse(`${day}T00:00:00Z`);

const YES: Readonly<Record<string, boolean>> = { in: true, out: false };

/** What is given: a limit as a number, or none where nothing was typed; or a feature, in or out. */
function readTerm(what: string, value: string): GivenTerm {
  const limit = PLAN_LIMITS.find((name) => name === what);
  // What is not a number is refused as a limit that is none.
  if (limit !== undefined) return { limit, value: value.trim() === '' ? null : (parseUnits(value, 0) ?? -1) };
  const feature = PLAN_FEATURES.find((name) => name === what);
  const isIn = YES[value];
  if (feature === undefined || isIn === undefined)
    throw formFailure('invalid_form', `${what} is not a limit or a feature`, { where: 'what' });
  return { feature, isIn };
}

/** Changes one limit or feature for one tenant. */
export const addOverride = staffAction('operator/subscribers/subscriber-actions.addOverride', {
  schema: z.strictObject({ tenant: text(), what: text(), value: text(), until: text(), reason: text() }),
  run: async ({ input: { tenant, what, value, until, reason }, actor }) => {
    const ends = until.trim() === '' ? null : dayBegins(until);
    const term = readTerm(what, value);
    await subscribers.saveOverride({ tenantId: tenant, term, until: ends, reason, actor });
    return { saved: true };
  },
});

/** Ends what was changed for one tenant. */
export const endOverride = staffAction('operator/subscribers/subscriber-actions.endOverride', {
  schema: z.strictObject({ tenant: text(), id: text() }),
  run: async ({ input: { tenant, id }, actor }) => {
    await subscribers.stopOverride({ tenantId: tenant, id, actor });
    return { saved: true };
  },
});

/** Lets a tenant try a plan, or asks it for nothing for a while. */
export const giveTrial = staffAction('operator/subscribers/subscriber-actions.giveTrial', {
  schema: z.strictObject({ tenant: text(), plan: text(), until: text(), reason: text(), key: text() }),
  run: async ({ input: { tenant, until, ...rest }, actor }) => {
    await subscribers.saveTrial({ ...rest, tenantId: tenant, until: dayBegins(until), actor });
    return { saved: true };
  },
});

/** Puts a tenant on a plan by hand. */
export const assignPlan = staffAction('operator/subscribers/subscriber-actions.assignPlan', {
  schema: z.strictObject({ tenant: text(), plan: text(), reason: text() }),
  run: async ({ input: { tenant, plan, reason }, actor }) => {
    await subscribers.savePlan({ tenantId: tenant, plan, reason, actor });
    return { saved: true };
  },
});

/** Gives back what an invoice has taken, or a part of it. */
export const creditInvoice = staffAction('operator/subscribers/subscriber-actions.creditInvoice', {
  schema: z.strictObject({ tenant: text(), invoice: text(), amount: text(), reason: text(), key: text() }),
  run: async ({ input: { tenant, ...rest }, actor }) => {
    await subscribers.saveCredit({ ...rest, tenantId: tenant, actor });
    return { saved: true };
  },
});

/** Reads from the payment provider what a tenant has paid for. */
export const readAgain = staffAction('operator/subscribers/subscriber-actions.readAgain', {
  schema: z.strictObject({ tenant: text() }),
  run: async ({ input: { tenant }, actor }) => {
    await subscribers.readAgain({ tenantId: tenant, actor });
    return { saved: true };
  },
});
