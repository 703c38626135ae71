import { type Cart, type Line, MAX_QUANTITY, totals, trackedItems, trackedRevenue } from '../cart.ts';
import { type Html, html } from '../html.ts';
import type { Content } from '../layout.ts';
import { price } from '../money.ts';
import type { Order } from '../order.ts';
import { picture } from '../picture.ts';
import { tracked } from '../snippet.ts';

function sums(cart: Cart): Html {
  const { goods, shipping, total } = totals(cart);
  return html`<dl class="sums">
  <div><dt>Goods</dt><dd>${price(goods)}</dd></div>
  <div><dt>Shipping</dt><dd>${shipping === 0 ? 'free' : price(shipping)}</dd></div>
  <div class="total"><dt>Total</dt><dd>${price(total)}</dd></div>
</dl>`;
}

function row({ product, quantity }: Line): Html {
  return html`<li class="line">
  <a href="/p/${product.slug}" tabindex="-1" aria-hidden="true">${picture({ ...product, name: '' }, product.slug)}</a>
  <div><a class="name" href="/p/${product.slug}">${product.name}</a><br><small>${price(product.cents)} each</small></div>
  <form method="post" action="/cart">
    <input type="hidden" name="action" value="set">
    <input type="hidden" name="product" value="${product.slug}">
    <input type="number" name="quantity" value="${quantity}" min="0" max="${MAX_QUANTITY}" required aria-label="Quantity of ${product.name}">
    <button class="quiet">Update</button>
  </form>
  <span class="price">${price(product.cents * quantity)}</span>
</li>`;
}

function receipt(cart: Cart): Html {
  return html`<ul class="receipt">
${cart.map(
  ({ product, quantity }) =>
    html`<li><span>${quantity} × ${product.name}</span><span class="price">${price(product.cents * quantity)}</span></li>`,
)}
</ul>
${sums(cart)}`;
}

const EMPTY = html`<div class="intro">
  <h1>Your cart is empty</h1>
  <p>That is easily helped. Most people start with the <a href="/p/morning-mug">morning mug</a>.</p>
  <p><a class="button" href="/c/cups-pots">See cups & pots</a></p>
</div>`;

/** What is in the cart, to be changed or bought. */
export function cartPage(cart: Cart): Content {
  if (cart.length === 0) return { title: 'Your cart', main: EMPTY };
  return {
    title: 'Your cart',
    main: html`<h1>Your cart</h1>
<div class="columns">
  <ul class="lines">${cart.map(row)}</ul>
  <aside class="panel">
    ${sums(cart)}
    <a class="button wide" href="/checkout">Check out</a>
  </aside>
</div>`,
  };
}

/** Name and address; the fields are filled in so that trying it out is one click. */
export function checkout(cart: Cart): Content {
  if (cart.length === 0) return { title: 'Check out', main: EMPTY };
  return {
    title: 'Check out',
    main: html`<h1>Check out</h1>
<div class="columns">
  <form class="address" method="post" action="/checkout">
    <label>Name <input name="name" autocomplete="name" value="Ada Example" required></label>
    <label>Email <input name="email" type="email" autocomplete="email" value="ada@example.org" required></label>
    <label>Street <input name="street" autocomplete="street-address" value="Kiln Lane 3" required></label>
    <div class="pair">
      <label>Postcode <input name="postcode" autocomplete="postal-code" value="10115" required></label>
      <label>Town <input name="town" autocomplete="address-level2" value="Berlin" required></label>
    </div>
    <button class="button wide">Place the order</button>
    <p><small>This is an example: nothing is charged, and what you enter is not kept.</small></p>
  </form>
  <aside class="panel" aria-label="Your order">${receipt(cart)}</aside>
</div>
${tracked('begin_checkout', { items: trackedItems(cart) })}`,
  };
}

/**
 * The page after the order. Loading it again reports the same order number once more, as real shops do: Footfall counts
 * it once.
 */
export function thankYou(order: Order | undefined): Content {
  if (order === undefined) {
    return {
      title: 'No order yet',
      main: html`<div class="intro"><h1>No order yet</h1><p>There is nothing to thank you for, so far. <a href="/">Have a look around</a>.</p></div>`,
    };
  }
  const { total } = totals(order.cart);
  const report = {
    order: order.number,
    revenue: trackedRevenue(total),
    items: trackedItems(order.cart),
  };
  return {
    title: 'Thank you',
    main: html`<div class="intro">
  <h1>Thank you</h1>
  <p>Your order <strong>${order.number}</strong> is on the packing table. (It is not: this is an example.)</p>
</div>
<div class="panel narrow">${receipt(order.cart)}</div>
<p class="intro"><a class="button" href="/">Back to the shop</a></p>
${tracked('purchase', report)}`,
  };
}
