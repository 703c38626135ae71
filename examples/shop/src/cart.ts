import { CATEGORIES, findProduct, type Product } from './catalogue.ts';
import { CURRENCY, decimal } from './money.ts';

/** One line: a product and how many of it. */
export type Line = { product: Product; quantity: number };
export type Cart = readonly Line[];

export const MAX_QUANTITY = 20;
const FREE_SHIPPING_FROM = 6_000;
const SHIPPING = 490;

/** The cart as a cookie keeps it: `morning-mug:2.side-plate:1`. */
export function writeCart(cart: Cart): string {
  return cart.map(({ product, quantity }) => `${product.slug}:${quantity}`).join('.');
}

/** Reads a cart; what is not a product of ours, or no sensible number of it, is left out. */
export function readCart(text: string): Cart {
  const lines = text.split('.').map((line) => {
    const [slug = '', quantity = ''] = line.split(':');
    return { slug, quantity: Number(quantity) };
  });
  return lines.reduce<Cart>((cart, { slug, quantity }) => setQuantity(cart, slug, quantity), []);
}

/** The cart with this number of a product; 0 takes it out. An unknown product or number changes nothing. */
export function setQuantity(cart: Cart, slug: string, quantity: number): Cart {
  const product = findProduct(slug);
  if (product === undefined || !Number.isInteger(quantity) || quantity < 0) return cart;
  const line = { product, quantity: Math.min(quantity, MAX_QUANTITY) };
  const known = cart.some((each) => each.product === product);
  const next = known ? cart.map((each) => (each.product === product ? line : each)) : [...cart, line];
  return next.filter((each) => each.quantity > 0);
}

/** The cart with that many more of a product. */
export function addToCart(cart: Cart, slug: string, quantity: number): Cart {
  const now = cart.find(({ product }) => product.slug === slug)?.quantity ?? 0;
  return quantity > 0 ? setQuantity(cart, slug, now + quantity) : cart;
}

/** How many pieces are in it. */
export function pieces(cart: Cart): number {
  return cart.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** What it costs, in cents. */
export function totals(cart: Cart): { goods: number; shipping: number; total: number } {
  const goods = cart.reduce((sum, { product, quantity }) => sum + product.cents * quantity, 0);
  const shipping = goods === 0 || goods >= FREE_SHIPPING_FROM ? 0 : SHIPPING;
  return { goods, shipping, total: goods + shipping };
}

/** The lines as the tracker reports them. */
export function trackedItems(cart: Cart) {
  return cart.map(({ product, quantity }) => ({
    sku: product.sku,
    name: product.name,
    category: CATEGORIES.find(({ slug }) => slug === product.category)?.name,
    price: decimal(product.cents),
    quantity,
  }));
}

/** The worth of the goods as the tracker reports it. */
export function trackedRevenue(cents: number) {
  return { amount: decimal(cents), currency: CURRENCY };
}
