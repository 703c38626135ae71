import { MAX_QUANTITY, trackedItems } from '../cart.ts';
import { findCategory, PRODUCTS, type Product } from '../catalogue.ts';
import { html } from '../html.ts';
import type { Content } from '../layout.ts';
import { price } from '../money.ts';
import { picture } from '../picture.ts';
import { tracked } from '../snippet.ts';
import { tiles } from './tiles.ts';

/** One product, with the form that puts it into the cart. */
export function product(shown: Product): Content {
  const shelf = findCategory(shown.category);
  const items = trackedItems([{ product: shown, quantity: 1 }]);
  const others = PRODUCTS.filter((other) => other !== shown && other.category === shown.category);
  return {
    title: shown.name,
    description: shown.blurb,
    main: html`<nav class="crumbs" aria-label="Where you are"><a href="/">Home</a> / <a href="/c/${shown.category}">${shelf?.name}</a></nav>
<article class="product">
  ${picture(shown, shown.slug)}
  <div>
    <h1>${shown.name}</h1>
    <p class="price">${price(shown.cents)} <small>incl. VAT</small></p>
    <p class="blurb">${shown.blurb}</p>
    <form class="buy" method="post" action="/cart" data-track="add_to_cart" data-item="${JSON.stringify(items[0])}">
      <input type="hidden" name="action" value="add">
      <input type="hidden" name="product" value="${shown.slug}">
      <label>Quantity <input type="number" name="quantity" value="1" min="1" max="${MAX_QUANTITY}" required></label>
      <button class="button">Add to cart</button>
    </form>
    <dl>
      <div><dt>Size</dt><dd>${shown.size}</dd></div>
      <div><dt>Care</dt><dd>${shown.care}</dd></div>
      <div><dt>Number</dt><dd>${shown.sku}</dd></div>
    </dl>
  </div>
</article>
<section aria-labelledby="others">
  <h2 id="others">From the same shelf</h2>
  ${tiles(others)}
</section>
${tracked('view_item', { items })}`,
  };
}
