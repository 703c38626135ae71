import type { Item, Track, TrackOptions } from '../options.ts';

/** A decimal string, or a number that becomes one; of more than four places the rest is rounded. */
export type Amount = string | number;
export type Product = Omit<Item, 'price'> & { price?: Amount };

/** What was bought. `total` is what the reports show as revenue: with or without tax and shipping, as the shop prefers. */
export type Purchase = {
  order: string | number;
  total: Amount;
  currency: string;
  items?: Product[];
  coupon?: string;
};
/** What was paid back of an order; `amount` is positive. */
export type Refund = { order: string | number; amount: Amount; currency: string; items?: Product[] };

export type Shop = {
  /** A product is looked at. */
  viewItem(product: Product): void;
  addToCart(...products: Product[]): void;
  beginCheckout(products?: Product[]): void;
  /** An order was placed. A repeat of the order by the same visitor on the same day (a page loaded again) counts once. */
  purchase(order: Purchase): void;
  refund(refund: Refund): void;
};

const PLACES = 4;

const decimal = (amount: Amount): string =>
  typeof amount === 'number' ? amount.toFixed(PLACES).replace(/\.?0+$/, '') : amount;

const item = ({ price, ...rest }: Product): Item =>
  price === undefined ? rest : { ...rest, price: decimal(price) };

/** What a purchase and a refund have in common. */
const orderFields = ({ order, currency, items = [] }: Omit<Purchase, 'total'>, amount: Amount) => ({
  order: String(order),
  revenue: { amount: decimal(amount), currency },
  items: items.map(item),
});

/** Helpers for what happens in a shop, in the names that the reports know. None throws: what cannot be read is not counted. */
export function shop(track: Track): Shop {
  const count = (name: string, options: () => TrackOptions) => {
    try {
      track(name, options());
    } catch {
      // Not as the types say: there is nothing that could be counted.
    }
  };
  return {
    viewItem: (product) => count('view_item', () => ({ items: [item(product)] })),
    addToCart: (...products) => count('add_to_cart', () => ({ items: products.map(item) })),
    beginCheckout: (products = []) => count('begin_checkout', () => ({ items: products.map(item) })),
    purchase: (said) =>
      count('purchase', () => ({
        ...orderFields(said, said.total),
        ...(said.coupon ? { props: { coupon: said.coupon } } : {}),
      })),
    refund: (said) => count('refund', () => orderFields(said, said.amount)),
  };
}
