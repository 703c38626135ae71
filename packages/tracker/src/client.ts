import type { Track } from './options.ts';
import { createTracker, type TrackerOptions } from './tracker.ts';

declare global {
  interface Document {
    /** True while the browser prepares the page unseen; Chromium only, and not yet among TypeScript's own types. */
    readonly prerendering?: boolean;
  }
}

/** What waits before the start is held in memory; a page that never starts the tracker must not hoard. */
const MAX_HELD = 500;

const held: Parameters<Track>[] = [];
let live: Track | undefined;

/** Counts an event, or holds it until counting has started. */
export const track: Track = (name, options) => {
  if (live) live(name, options);
  else if (held.length < MAX_HELD) held.push([name, options]);
};

/** Starts counting as soon as the page is shown: one that is prepared unseen (prerendering) may never be. To be called once. */
export function start(options: TrackerOptions): void {
  const begin = () => {
    live = createTracker(options);
    for (const call of held) track(...call);
  };
  if (document.prerendering) document.addEventListener('prerenderingchange', begin);
  else begin();
}
