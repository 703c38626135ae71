'use server';

import { CANCEL_REASONS } from '@footfall/billing/gateway';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { formAction } from '#access/action.ts';
import * as money from '#access/billing.ts';
import { text } from '#access/form.ts';

/** Changes the plan at the amount that was shown. Where the bank asks, or declines, it goes to where it can be paid yet. */
export const changePlan = formAction('billing/plan-actions.changePlan', {
  schema: z.strictObject({
    price: text(),
    at: z.coerce.number().int().nonnegative(),
    due: z.coerce.number().int(),
  }),
  run: async ({ input: { price, at, due }, member, actor }): Promise<object> => {
    const { payUrl } = await money.changePlan({ member, actor }, { priceId: price, at, due });
    return redirect(payUrl ?? '/billing');
  },
});

/** What was scheduled is not done. */
export const undoChange = formAction('billing/plan-actions.undoChange', {
  schema: z.strictObject({}),
  run: async ({ member, actor }) => {
    await money.undoChange({ member, actor });
    return {};
  },
});

/** Has the subscription end when what was paid for is used up. */
export const cancelPlan = formAction('billing/plan-actions.cancelPlan', {
  schema: z.strictObject({ reason: z.enum(CANCEL_REASONS), text: text().max(500) }),
  run: async ({ input, member, actor }): Promise<object> => {
    await money.cancelPlan({ member, actor }, { ...input, text: input.text.trim() });
    return redirect('/billing');
  },
});

/** The subscription goes on. */
export const undoCancel = formAction('billing/plan-actions.undoCancel', {
  schema: z.strictObject({}),
  run: async ({ member, actor }) => {
    await money.undoCancel({ member, actor });
    return {};
  },
});
