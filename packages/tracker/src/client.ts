import { type Attributes, attributes } from './attributes.ts';
import type { InitOptions } from './init-options.ts';
import type { Track } from './options.ts';
import { whenShown } from './shown.ts';
import { track as count } from './track.ts';
import { begin } from './tracker.ts';

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
export function start({
  site,
  endpoint,
  manual,
  hash,
  extensions,
}: InitOptions & { endpoint: string }): void {
  whenShown(() => {
    const said: Attributes = { site, endpoint, ...(manual && { manual }), ...(hash && { hash }) };
    Object.assign(attributes, said);
    begin(extensions);
    live = count;
    for (const call of held) track(...call);
  });
}
