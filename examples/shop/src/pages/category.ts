import { type Category, listProducts } from '../catalogue.ts';
import { html } from '../html.ts';
import type { Content } from '../layout.ts';
import { tiles } from './tiles.ts';

/** All products of one category. */
export function category(shown: Category): Content {
  const products = listProducts(shown);
  return {
    title: shown.name,
    description: shown.intro,
    main: html`<div class="intro">
  <h1>${shown.name}</h1>
  <p>${shown.intro}</p>
</div>
${tiles(products)}`,
  };
}
