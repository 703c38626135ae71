import type { PlanFeature } from '@footfall/core/billing/terms';
import { Stripe } from 'stripe';
import type { CatalogGateway } from '../catalog/catalog-gateway.ts';
import { ask, connect, type StripeOptions } from './connection.ts';

/** The most features of one product: far above the table of features. */
const MOST = 100;

const isThere = (error: unknown) =>
  error instanceof Stripe.errors.StripeError && error.code === 'resource_already_exists';

/** The id of our feature at Stripe, where it is found by our name for it. */
async function ensureFeature(stripe: Stripe, feature: PlanFeature): Promise<string> {
  const lookup_key = `footfall_${feature}`;
  const find = async () => (await stripe.entitlements.features.list({ lookup_key, limit: 1 })).data[0]?.id;
  const found = await find();
  if (found !== undefined) return found;
  const made = await stripe.entitlements.features.create(
    { name: feature, lookup_key },
    { idempotencyKey: `feature:${feature}` },
  );
  return made.id;
}

/** What is sold, at Stripe: found again by ids of ours, so that nothing is made twice. */
export function stripeCatalog(options: StripeOptions): CatalogGateway {
  const stripe = connect(options);
  return {
    ensureProduct: ({ plan, title, description }) =>
      ask(async () => {
        // Stripe lets us name a product: the name is the key under which a repeat finds it, for ever and not for a day only.
        const id = `footfall_${plan}`;
        const text = description === '' ? {} : { description };
        try {
          await stripe.products.create({ id, name: title, ...text, metadata: { plan } });
        } catch (error) {
          if (!isThere(error)) throw error;
          // A draft that was being published may have been written anew since.
          await stripe.products.update(id, { name: title, description, active: true });
        }
        return id;
      }),
    ensurePrice: ({ id, plan, productId, currency, interval, amount }) =>
      ask(async () => {
        const found = await stripe.prices.list({ lookup_keys: [id], limit: 1 });
        const [there] = found.data;
        if (there !== undefined) return there.id;
        const made = await stripe.prices.create(
          {
            product: productId,
            currency: currency.toLowerCase(),
            unit_amount: amount,
            recurring: { interval },
            lookup_key: id,
            metadata: { plan },
          },
          { idempotencyKey: `price:${id}` },
        );
        return made.id;
      }),
    ensureFeatures: (productId, features) =>
      ask(async () => {
        const there = await stripe.products.listFeatures(productId, { limit: MOST });
        const attached = new Set(there.data.map(({ entitlement_feature: { id } }) => id));
        for (const feature of features) {
          const id = await ensureFeature(stripe, feature);
          if (attached.has(id)) continue;
          await stripe.products.createFeature(
            productId,
            { entitlement_feature: id },
            { idempotencyKey: `attach:${productId}:${id}` },
          );
        }
      }),
    retirePrice: (stripeId) =>
      ask(async () => {
        await stripe.prices.update(stripeId, { active: false });
      }),
  };
}
