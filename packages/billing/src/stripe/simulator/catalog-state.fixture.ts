import type { SimulatedPrice, StripeSimulator } from './state.fixture.ts';

export type SimulatedProduct = {
  id: string;
  object: 'product';
  name: string;
  description: string | null;
  active: boolean;
  metadata: { plan: string };
};

/** What is sold: products, prices, features, and which product has which. */
export type SimulatedCatalog = {
  products: Map<string, SimulatedProduct>;
  prices: Map<string, SimulatedPrice>;
  features: Map<string, { id: string; object: 'entitlements.feature'; name: string; lookup_key: string }>;
  attached: { id: string; product: string; feature: string }[];
};

const newCatalog = ({ prices }: StripeSimulator): SimulatedCatalog => ({
  products: new Map(),
  prices,
  features: new Map(),
  attached: [],
});

const CATALOGS = new WeakMap<StripeSimulator, SimulatedCatalog>();

/** What a stand-in has for sale. */
export function catalogIn(stripe: StripeSimulator): SimulatedCatalog {
  const catalog = CATALOGS.get(stripe) ?? newCatalog(stripe);
  CATALOGS.set(stripe, catalog);
  return catalog;
}
