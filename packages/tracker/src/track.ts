import { attributes } from './attributes.ts';
import { describeEvent } from './event.ts';
import type { TrackedEvent, Tracker } from './extension.ts';
import type { TrackOptions } from './options.ts';
import { add, settle } from './queue.ts';

/** Who shows no sign of life for longer (moves, scrolls, types nothing) is not reading; what came before still counts. */
const IDLE_MS = 60_000;

/** Address and time of the last pageview, to which engagement belongs. */
let viewed: string | undefined;
let viewedAt: number;
/** When attention began, by a clock that nobody sets; undefined while there is none. */
let since: number | undefined;
/** Milliseconds of attention that were not told yet. */
let engaged = 0;
/** The lowest point seen since the last report, in pixels. */
let bottom = 0;

/** The page's address, without what is behind `#` unless asked for: sign-in services leave secrets there. */
export const here = (): string => location.href.replace('hash' in attributes ? '' : /#.*/, '');

/** Attention may have come or gone: the page in front of the visitor has the focus, itself or a frame in it. */
export function update(attentive = document.hasFocus()): void {
  const now = performance.now();
  engaged += Math.min(IDLE_MS, now - (since as number)) || 0;
  since = attentive ? now : undefined;
}

/** The page may have been scrolled. */
export function scrolled(): void {
  bottom = Math.max(bottom, scrollY + innerHeight);
}

/**
 * Tells how long and how far the page was read since it was told last. Nothing without a time: whoever did not look has not scrolled, and the page's
 * height is not asked for while it loads, which would lay it out.
 */
export function report(attentive?: boolean): void {
  update(attentive);
  const engaged_ms = engaged | 0;
  engaged = 0;
  if (viewed && engaged_ms) {
    scrolled();
    track('engagement', {
      url: viewed,
      // Of the height as it is now: while the page was loading, the first screen would have been all of it.
      scroll: Math.min(100, (bottom / document.documentElement.scrollHeight) * 100 + 0.5) | 0,
      engaged_ms,
    });
  }
  bottom = 0;
}

/** Counts an event. Never throws. */
export const track: (
  name: string,
  options?: (TrackOptions & { scroll?: number; engaged_ms?: number }) | null,
) => void = (name, options) => {
  const { callback, ...fields } = options || {};
  try {
    // The owner's own visits: set once in the browser's console.
    if (localStorage.footfall_ignore === 'true') return settle(callback, false);
  } catch {
    // Storage is forbidden to this page: then nobody can have asked to be left out.
  }
  try {
    const url = new URL(fields.url || here(), location as unknown as URL).href;
    // Where the visitor came from is told up to the first pageview; to the next ones they came from here.
    const referrer = (!viewed && document.referrer) || undefined;
    if (name === 'pageview') {
      report();
      viewed = url;
    }
    const hash = 'hash' in attributes || undefined;
    const event: TrackedEvent = { ...fields, name, url, referrer, hash, ...describeEvent() };
    if (name === 'pageview') viewedAt = event.ts;
    // After midnight the page view is of the day before.
    if (event.engaged_ms) event.since_ms = event.ts - viewedAt;
    tracker.send(event, callback);
  } catch {
    // What is not an address, or cannot be written as JSON, cannot be sent; the page goes on as if it had been.
    settle(callback, false);
  }
};

/** What extensions change. */
export const tracker: Tracker = { track, send: add };
