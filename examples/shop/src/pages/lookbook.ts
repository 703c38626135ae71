import { type Html, html } from '../html.ts';
import type { Content } from '../layout.ts';
import { LOOKS, type Look } from '../look.ts';
import { price } from '../money.ts';
import { stillLife } from '../picture.ts';

const SCALES = [0.92, 0.8, 0.86];

function article(look: Look, shown: Look): Html {
  const things = look.products.map(({ shape, glaze }, index) => ({
    shape,
    glaze,
    scale: SCALES[index] ?? 0.7,
  }));
  const hidden = look === shown ? html`` : html` hidden`;
  return html`<article class="look" data-look="/lookbook/${look.slug}" data-title="${look.name}"${hidden}>
  ${stillLife(things, look.slug)}
  <div>
    <h2 tabindex="-1">${look.name}</h2>
    <p>${look.text}</p>
    <ul class="receipt">
    ${look.products.map(
      ({ slug, name, cents }) =>
        html`<li><a href="/p/${slug}">${name}</a><span class="price">${price(cents)}</span></li>`,
    )}
    </ul>
  </div>
</article>`;
}

/**
 * The lookbook at one of its looks. Every look has an address and is served by it; once a script runs, going from one to
 * the next changes the address without loading a page, as single-page shops do.
 */
export function lookbook(shown: Look): Content {
  return {
    title: shown.name,
    description: shown.text,
    main: html`<h1>Lookbook</h1>
<nav class="looks" aria-label="Looks" data-router>
${LOOKS.map(({ slug, name }) =>
  slug === shown.slug
    ? html`<a class="way" href="/lookbook/${slug}" aria-current="page">${name}</a>`
    : html`<a class="way" href="/lookbook/${slug}">${name}</a>`,
)}
</nav>
${LOOKS.map((look) => article(look, shown))}`,
  };
}
