import type { PlanFeature } from '@footfall/core/billing/terms';

/** A plan as the payment provider knows it. `plan`: its name with us, under which it is found again. */
export type CatalogProduct = { plan: string; title: string; description: string };

/** A price as the payment provider knows it. `id`: ours, under which it is found again; `amount` in the smallest unit. */
export type CatalogPrice = {
  id: string;
  plan: string;
  productId: string;
  currency: string;
  interval: 'month' | 'year';
  amount: number;
};

/**
 * What is sold, at the payment provider. Each call makes a thing that is not there yet and finds it where it is, so that whoever was cut
 * off does all of them again. All throw Failure `provider_unavailable` when it cannot be asked, `provider_refused` when it says no.
 */
export type CatalogGateway = {
  /** Answers its id at the provider. */
  ensureProduct(product: CatalogProduct): Promise<string>;
  /** Answers its id at the provider. */
  ensurePrice(price: CatalogPrice): Promise<string>;
  /** Says there what a product includes. */
  ensureFeatures(productId: string, features: readonly PlanFeature[]): Promise<void>;
  /** Nobody can buy at this price any more; whoever pays it goes on. */
  retirePrice(stripeId: string): Promise<void>;
};
