import type { Track } from './options.ts';
import { whenShown } from './shown.ts';
import { createTracker, type TrackerOptions } from './tracker.ts';

/** What waits before the start is held in memory; a page that never starts the tracker must not hoard. */
const MAX_HELD = 500;

const held: Parameters<Track>[] = [];
let live: Track | undefined;

/** Counts an event, or holds it until counting has started. */
export const track: Track = (name, options) => {
  if (live) live(name, options);
  else if (held.length < MAX_HELD) held.push([name, options]);
};

/** Starts counting once the page is shown. To be called once. */
export function start(options: TrackerOptions): void {
  whenShown(() => {
    live = createTracker(options);
    for (const call of held) track(...call);
  });
}
