import { html } from '../html.ts';
import type { Content } from '../layout.ts';

/** What stands at an address that has nothing. */
export function notFound(): Content {
  return {
    title: 'Not on our shelves',
    main: html`<div class="intro"><h1>Not on our shelves</h1><p>The piece may have sold out, or the link has a crack. <a href="/">Back to the shop</a>.</p></div>`,
  };
}
