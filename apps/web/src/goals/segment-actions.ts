'use server';

import { z } from 'zod';
import { buttonAction, formAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { readConditions } from './conditions.ts';

const row = (dimension: string, operator: string, values: string) => ({ dimension, operator, values });

/** Keeps a segment of one of the tenant's sites. */
export const createSegment = formAction('goals/segment-actions.createSegment', {
  schema: z.strictObject({
    site: text(),
    name: text(),
    dimension1: text(),
    operator1: text(),
    values1: text(),
    dimension2: text().default(''),
    operator2: text().default(''),
    values2: text().default(''),
    dimension3: text().default(''),
    operator3: text().default(''),
    values3: text().default(''),
  }),
  run: async ({ input, member: { tenant }, actor }) => {
    const filters = readConditions([
      row(input.dimension1, input.operator1, input.values1),
      row(input.dimension2, input.operator2, input.values2),
      row(input.dimension3, input.operator3, input.values3),
    ]);
    await tenant.segments.create({ siteId: input.site, name: input.name, filters, actor });
    return {};
  },
});

/** Forgets a segment; nothing that was counted depends on it. */
export const removeSegment = buttonAction('goals/segment-actions.removeSegment', {
  schema: z.strictObject({ site: text(), id: text() }),
  run: async ({ input: { site, id }, member: { tenant }, actor }) => {
    await tenant.segments.remove({ siteId: site, id, actor });
  },
});
