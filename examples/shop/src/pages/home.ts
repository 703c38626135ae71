import { CATEGORIES, findProduct, listProducts, PRODUCTS, type Product } from '../catalogue.ts';
import { html } from '../html.ts';
import type { Content } from '../layout.ts';
import { picture, stillLife } from '../picture.ts';
import { tiles } from './tiles.ts';

const FAVOURITES = ['morning-mug', 'breakfast-bowl', 'teapot', 'bud-vase']
  .map(findProduct)
  .filter((product) => product !== undefined);

/** The front page. */
export function home(): Content {
  return {
    title: 'Stoneware for every day',
    main: html`<section class="hero">
  <div>
    <h1>Made slowly,<br>used daily.</h1>
    <p>Stoneware thrown by hand in small batches, and a little wood to go with it. Fifteen pieces; nothing you have to save for guests.</p>
    <p class="ways"><a class="button" href="/c/bowls-plates">See bowls & plates</a> <a class="quiet" href="/lookbook">or the lookbook</a></p>
  </div>
  ${stillLife(
    [
      { shape: 'bottle', glaze: 'oat', scale: 1.2 },
      { shape: 'teapot', glaze: 'moss', scale: 0.98 },
      { shape: 'mug', glaze: 'clay', scale: 0.64 },
    ],
    'hero',
  )}
</section>
<section aria-labelledby="favourites">
  <h2 id="favourites">What most people start with</h2>
  ${tiles(FAVOURITES)}
</section>
<section aria-labelledby="shelves">
  <h2 id="shelves">All ${PRODUCTS.length} pieces, by shelf</h2>
  <ul class="shelves">
  ${CATEGORIES.map((category) => {
    const first = listProducts(category).at(-1) as Product;
    return html`<li><a href="/c/${category.slug}">
    ${picture({ ...first, name: '' }, `shelf-${first.slug}`)}
    <span><strong>${category.name}</strong><br>${category.intro}</span></a></li>`;
  })}
  </ul>
</section>`,
  };
}
