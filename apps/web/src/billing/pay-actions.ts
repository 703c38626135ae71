'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { openCheckout, openProviderPage, startTrial } from '#access/billing.ts';
import { text } from '#access/form.ts';
import { readerLocale } from '#words/reader.ts';

/** Begins the trial of the best plan that may be tried. */
export const beginTrial = formAction('billing/pay-actions.beginTrial', {
  schema: z.strictObject({}),
  run: async ({ member, actor }) => {
    await startTrial({ member, actor });
    return {};
  },
});

/** Goes to the provider's page to pay for a plan. Whoever has paid comes back to /billing/return. */
export const beginCheckout = formAction('billing/pay-actions.beginCheckout', {
  schema: z.strictObject({ price: text() }),
  run: async ({ input: { price }, member, actor }): Promise<object> => {
    const locale = await readerLocale();
    return redirect(await openCheckout({ member, actor }, { priceId: price, locale }));
  },
});

/** Goes to the provider's page for cards, invoices, address and VAT id. */
export const openPortal = formAction('billing/pay-actions.openPortal', {
  schema: z.strictObject({}),
  run: async ({ member, actor }): Promise<object> => redirect(await openProviderPage({ member, actor })),
});
