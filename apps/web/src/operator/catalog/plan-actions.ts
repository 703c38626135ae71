'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { staffAction } from '#access/action.ts';
import { formFailure, text, texts, tick } from '#access/form.ts';
import { addPlan, planStep, takeStep, writePlan } from './plan-console.ts';
import { PRICE_FIELDS, readDraft } from './plan-fields.ts';

const DRAFT = {
  title: text(),
  description: text(),
  isPublic: tick(),
  events_per_month: text(),
  events_per_second: text(),
  sites: text(),
  members: text(),
  retention_months: text(),
  queries_per_hour: text(),
  features: texts(),
  ...Object.fromEntries(PRICE_FIELDS.map((field) => [field, text().optional()])),
};

const planAddress = (name: string) => `/operator/plans/${encodeURIComponent(name)}`;

/** Makes a plan as a draft, which nobody can buy. */
export const createPlan = staffAction('operator/catalog/plan-actions.createPlan', {
  schema: z.strictObject({ ...DRAFT, family: text() }),
  run: async ({ input: { family, features, isPublic, ...rest }, actor }): Promise<object> => {
    const draft = readDraft(rest as Record<string, string>, { features, isPublic });
    redirect(planAddress(await addPlan({ family: family.trim(), draft, actor })));
  },
});

/** Writes a draft anew. */
export const saveDraft = staffAction('operator/catalog/plan-actions.saveDraft', {
  schema: z.strictObject({ ...DRAFT, plan: text() }),
  run: async ({ input: { plan, features, isPublic, ...rest }, actor }) => {
    const draft = readDraft(rest as Record<string, string>, { features, isPublic });
    await writePlan({ name: plan, draft, actor });
    return { saved: true };
  },
});

/** Takes a plan one step on: to be published, archived, made anew. */
export const changePlan = staffAction('operator/catalog/plan-actions.changePlan', {
  schema: z.strictObject({ plan: text(), to: text() }),
  run: async ({ input: { plan, to }, actor }) => {
    const step = planStep(to);
    if (step === null) throw formFailure('invalid_form', `${to} is not a step of a plan`);
    const shown = await takeStep(step, plan, actor);
    if (shown !== plan) redirect(shown === null ? '/operator/plans' : planAddress(shown));
    return { saved: true };
  },
});
