import * as client from './client.ts';
import type { InitOptions } from './init-options.ts';
import type { Track } from './options.ts';

export type { Extension, Send, TrackedEvent, Tracker } from './extension.ts';
export type { InitOptions } from './init-options.ts';
export type { Item, Revenue, Track, TrackOptions } from './options.ts';

/** False on a server that renders the page: there is nobody to count, and calls held would pile up for ever. */
const inBrowser = () => typeof document !== 'undefined';

let started = false;

/**
 * Starts the tracker: counts this page and, as the visitor moves on, the next ones. Calls after the first do nothing.
 * A page that the browser prepares unseen (prerendering) counts from the moment it is shown. On a server it does
 * nothing. Never throws.
 */
export function init(options: InitOptions): void {
  if (started || !inBrowser()) return;
  started = true;
  try {
    client.start({ endpoint: '/collect', ...options });
  } catch {
    // A browser too old or too locked down to be counted in: the shop works on, and that is what matters.
  }
}

/**
 * Counts an event of this name (at most 120 characters) on this page. Before the start it is held and counted then;
 * on a server it does nothing. Never throws.
 */
export const track: Track = (name, options) => {
  if (inBrowser()) client.track(name, options);
};
