import { type Html, html, json } from './html.ts';
import type { ShopOptions } from './options.ts';

/** The two lines that Footfall gives a shop: calls are kept until the tracker is there, and then counted. */
export function snippet({ site, collector }: ShopOptions): Html {
  if (site === undefined) return html``;
  return html`<script>window.AnalyticsService=window.AnalyticsService||{q:[],track(...a){AnalyticsService.q.push(a)}}</script>
<script defer src="${collector}/a.js" data-site="${site}"></script>`;
}

/** Counts an event as the page loads; without a tracker it does nothing. */
export function tracked(name: string, options: object): Html {
  return html`<script>window.AnalyticsService?.track(${json(name)}, ${json(options)})</script>`;
}
