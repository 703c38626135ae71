import { addToCart, type Cart, setQuantity, writeCart } from './cart.ts';
import { findCategory, findProduct } from './catalogue.ts';
import type { Content } from './layout.ts';
import { findLook, LOOKS, type Look } from './look.ts';
import { placeOrder, readOrder, writeOrder } from './order.ts';
import { category } from './pages/category.ts';
import { cartPage, checkout, thankYou } from './pages/checkout.ts';
import { home } from './pages/home.ts';
import { lookbook } from './pages/lookbook.ts';
import { product } from './pages/product.ts';

/** What a route sees of a request. */
export type Ask = { slug: string; cart: Cart; cookies: ReadonlyMap<string, string>; form: URLSearchParams };
/** A page, or a way on to another with cookies to keep; undefined: there is nothing here. */
export type Answer = Content | { location: string; cookies: Record<string, string> } | undefined;
type Route = readonly [method: 'GET' | 'POST', path: RegExp, answer: (ask: Ask) => Answer];

export const CART_COOKIE = 'shop_cart';
const ORDER_COOKIE = 'shop_order';

function changeCart({ cart, form }: Ask): Answer {
  const change = form.get('action') === 'add' ? addToCart : setQuantity;
  // An empty field is not a quantity, though Number('') would be 0 and take the line out.
  const quantity = Number(form.get('quantity') || Number.NaN);
  const changed = change(cart, form.get('product') ?? '', quantity);
  return { location: '/cart', cookies: { [CART_COOKIE]: writeCart(changed) } };
}

function buy({ cart }: Ask): Answer {
  if (cart.length === 0) return { location: '/cart', cookies: {} };
  const order = placeOrder(cart);
  return { location: '/thank-you', cookies: { [CART_COOKIE]: '', [ORDER_COOKIE]: writeOrder(order) } };
}

function ifFound<T>(found: T | undefined, page: (found: T) => Content): Answer {
  return found === undefined ? undefined : page(found);
}

/** Every address of the shop; a group in the path is the slug. */
export const ROUTES: readonly Route[] = [
  ['GET', /^\/$/, home],
  ['GET', /^\/c\/([\w-]+)$/, ({ slug }) => ifFound(findCategory(slug), category)],
  ['GET', /^\/p\/([\w-]+)$/, ({ slug }) => ifFound(findProduct(slug), product)],
  ['GET', /^\/lookbook$/, () => lookbook(LOOKS[0] as Look)],
  ['GET', /^\/lookbook\/([\w-]+)$/, ({ slug }) => ifFound(findLook(slug), lookbook)],
  ['GET', /^\/cart$/, ({ cart }) => cartPage(cart)],
  ['POST', /^\/cart$/, changeCart],
  ['GET', /^\/checkout$/, ({ cart }) => checkout(cart)],
  ['POST', /^\/checkout$/, buy],
  ['GET', /^\/thank-you$/, ({ cookies }) => thankYou(readOrder(cookies.get(ORDER_COOKIE) ?? ''))],
];
