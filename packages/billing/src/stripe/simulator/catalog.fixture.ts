import { catalogIn, type SimulatedCatalog, type SimulatedProduct } from './catalog-state.fixture.ts';
import { writePrice } from './shapes.fixture.ts';
import {
  type Answer,
  type Form,
  list,
  nextId,
  type Routes,
  refused,
  type SimulatedPrice,
} from './state.fixture.ts';

const ok = (body: object): Answer => ({ status: 200, body });

function newProduct({ products }: SimulatedCatalog, form: Form): Answer {
  const id = form.id ?? nextId('prod');
  if (products.has(id)) {
    const error = { type: 'invalid_request_error', code: 'resource_already_exists', message: 'It exists.' };
    return { status: 400, body: { error } };
  }
  const product: SimulatedProduct = {
    id,
    object: 'product',
    name: form.name ?? '',
    description: form.description ?? null,
    active: true,
    metadata: { plan: form['metadata[plan]'] ?? '' },
  };
  products.set(id, product);
  return ok(product);
}

function newPrice({ products, prices }: SimulatedCatalog, form: Form): Answer {
  const lookup_key = form.lookup_key ?? '';
  if (!products.has(form.product ?? '')) return refused(400, 'No such product');
  if ([...prices.values()].some((price) => price.lookup_key === lookup_key))
    return refused(400, 'A price already uses that lookup key.');
  const price: SimulatedPrice = {
    id: nextId('price'),
    object: 'price',
    active: true,
    product: form.product ?? '',
    currency: form.currency ?? '',
    unit_amount: Number(form.unit_amount),
    lookup_key,
    metadata: { plan: form['metadata[plan]'] ?? '' },
    recurring: {
      interval: form['recurring[interval]'] === 'year' ? 'year' : 'month',
      usage_type: 'licensed',
    },
  };
  prices.set(price.id, price);
  return ok(writePrice(price));
}

const PRODUCT = /^\/v1\/products\/([\w-]+)$/;
const PRODUCT_FEATURES = /^\/v1\/products\/([\w-]+)\/features$/;

/** What is sold: products with their features, and prices. */
export const catalogRoutes: Routes = (stripe) => {
  const catalog = catalogIn(stripe);
  return [
    ['POST', /^\/v1\/products$/, (form) => newProduct(catalog, form)],
    [
      'POST',
      PRODUCT,
      (form, id) => {
        const product = catalog.products.get(id);
        if (product === undefined) return refused(404, 'No such product');
        Object.assign(product, {
          name: form.name,
          description: form.description === '' ? null : form.description,
        });
        return ok(product);
      },
    ],
    [
      'GET',
      PRODUCT_FEATURES,
      (_, id) =>
        ok(
          list(
            catalog.attached
              .filter(({ product }) => product === id)
              .map((one) => ({
                id: one.id,
                object: 'product_feature',
                entitlement_feature: { id: one.feature },
              })),
          ),
        ),
    ],
    [
      'POST',
      PRODUCT_FEATURES,
      ({ entitlement_feature: feature = '' }, id) => {
        if (!catalog.products.has(id)) return refused(404, 'No such product');
        if (catalog.attached.some((one) => one.product === id && one.feature === feature))
          return refused(400, 'This feature is already attached to the product');
        const made = { id: nextId('prodft'), product: id, feature };
        catalog.attached.push(made);
        return ok({ ...made, object: 'product_feature', entitlement_feature: { id: feature } });
      },
    ],
    [
      'GET',
      /^\/v1\/entitlements\/features$/,
      (_, __, query) =>
        ok(list([...catalog.features.values()].filter((one) => one.lookup_key === query.get('lookup_key')))),
    ],
    [
      'POST',
      /^\/v1\/entitlements\/features$/,
      ({ name = '', lookup_key = '' }) => {
        if ([...catalog.features.values()].some((one) => one.lookup_key === lookup_key))
          return refused(400, 'A feature with this lookup key already exists');
        const feature = { id: nextId('feat'), object: 'entitlements.feature' as const, name, lookup_key };
        catalog.features.set(feature.id, feature);
        return ok(feature);
      },
    ],
    [
      'GET',
      /^\/v1\/prices$/,
      (_, __, query) =>
        ok(
          list(
            [...catalog.prices.values()]
              .filter(({ lookup_key }) => lookup_key === query.get('lookup_keys[0]'))
              .map((price) => writePrice(price)),
          ),
        ),
    ],
    ['POST', /^\/v1\/prices$/, (form) => newPrice(catalog, form)],
    [
      'POST',
      /^\/v1\/prices\/(\w+)$/,
      (form, id) => {
        const price = catalog.prices.get(id);
        if (price === undefined) return refused(404, 'No such price');
        price.active = form.active !== 'false';
        return ok(writePrice(price));
      },
    ],
  ];
};
