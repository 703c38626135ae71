import type { Product } from '../catalogue.ts';
import { type Html, html } from '../html.ts';
import { price } from '../money.ts';
import { picture } from '../picture.ts';

/** Products as a grid of pictures with name and price. */
export function tiles(products: readonly Product[]): Html {
  return html`<ul class="tiles">
${products.map(
  (product) => html`<li><a href="/p/${product.slug}">
  ${picture(product, product.slug)}
  <span class="name">${product.name}</span>
  <span class="price">${price(product.cents)}</span>
</a></li>`,
)}
</ul>`;
}
