import type { Stripe } from 'stripe';
import type { BillingGateway } from '../gateway.ts';
import { ask } from './connection.ts';

/** Raised when {@link FEATURES} change: a configuration of another version is left alone. */
const VERSION = '1';

/** What customers do at Stripe. Plans change on our own pages, where the amount is shown first. */
const FEATURES: Stripe.BillingPortal.ConfigurationCreateParams.Features = {
  customer_update: { enabled: true, allowed_updates: ['email', 'name', 'address', 'tax_id'] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: { enabled: false },
  subscription_update: { enabled: false },
};

/** The configuration of this version, which is made when it is not there. */
async function requireConfiguration(stripe: Stripe): Promise<string> {
  const { data } = await stripe.billingPortal.configurations.list({ active: true, limit: 100 });
  const found = data.find(({ metadata }) => metadata?.footfall === VERSION);
  if (found !== undefined) return found.id;
  const made = await stripe.billingPortal.configurations.create(
    { features: FEATURES, metadata: { footfall: VERSION } },
    { idempotencyKey: `portal-configuration:${VERSION}` },
  );
  return made.id;
}

/** Stripe's page for cards, invoices, address and tax id. */
export function portal(stripe: Stripe): Pick<BillingGateway, 'openPortal'> {
  let known: string | null = null;
  const open = async (customer: string, returnUrl: string) => {
    known ??= await requireConfiguration(stripe);
    const asked = { customer, return_url: returnUrl, configuration: known };
    return (await stripe.billingPortal.sessions.create(asked)).url;
  };
  return {
    openPortal: (customer, returnUrl) =>
      ask(async () => {
        const wasKnown = known !== null;
        try {
          return { url: await open(customer, returnUrl) };
        } catch (error) {
          if (!wasKnown) throw error;
          // Somebody may have switched it off at Stripe.
          known = null;
          return { url: await open(customer, returnUrl) };
        }
      }),
  };
}
