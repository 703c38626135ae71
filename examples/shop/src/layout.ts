import { type Cart, pieces } from './cart.ts';
import { CATEGORIES } from './catalogue.ts';
import { type Html, html } from './html.ts';
import type { ShopOptions } from './options.ts';
import { snippet } from './snippet.ts';

/** What every page is drawn with. */
export type Visit = { shop: ShopOptions; path: string; cart: Cart };
/** What one page adds to the frame. */
export type Content = { title: string; description?: string; main: Html };

const NAME = 'Ember & Oat';

function link(path: string, label: string, now: string): Html {
  const here = now === path || (path !== '/' && now.startsWith(`${path}/`));
  return here
    ? html`<a class="way" href="${path}" aria-current="page">${label}</a>`
    : html`<a class="way" href="${path}">${label}</a>`;
}

function header({ path, cart }: Visit): Html {
  const count = pieces(cart);
  return html`<header class="bar">
  <a class="brand" href="/">${NAME}</a>
  <nav aria-label="Shop">
    ${CATEGORIES.map(({ slug, name }) => link(`/c/${slug}`, name, path))}
    ${link('/lookbook', 'Lookbook', path)}
  </nav>
  <a class="basket" href="/cart" aria-label="Cart, ${count} ${count === 1 ? 'piece' : 'pieces'}">Cart <span>${count}</span></a>
</header>`;
}

const FOOTER = html`<footer>
  <p><strong>${NAME}</strong><br>Stoneware and wood for kitchens that are used.</p>
  <p>Free shipping from €60 · Returns within 30 days</p>
  <p>An example shop: nothing here is sold, charged or shipped. It shows how Footfall counts a real one.</p>
</footer>`;

/** The whole document of a page. */
export function layout(visit: Visit, { title, description, main }: Content): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${description ?? 'Stoneware and wood for kitchens that are used.'}">
<meta name="color-scheme" content="light dark">
<title>${title} · ${NAME}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/shop.css">
${snippet(visit.shop)}
<script defer src="/shop.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${header(visit)}
<main id="main">
${main}
</main>
${FOOTER}
</body>
</html>
`;
}
