import { createEngagement, type EngagementReport } from './engagement.ts';
import { createEvent } from './event.ts';
import type { Tracker } from './extension.ts';
import type { InitOptions } from './init-options.ts';
import { onAddressSet } from './navigation.ts';
import type { Track, TrackOptions } from './options.ts';
import { createQueue, settle } from './queue.ts';

export type TrackerOptions = InitOptions & { endpoint: string };

/** The owner's own visits: set once in the browser's console, read at each event. */
function ignored(): boolean | undefined {
  try {
    return localStorage.footfall_ignore === 'true';
  } catch {
    // Storage is forbidden to this page: then nobody can have asked to be left out.
    return undefined;
  }
}

/** Starts counting on this page and gives the function that counts. Listens until the page is gone. */
export function createTracker({ site, endpoint, manual, hash, extensions }: TrackerOptions): Track {
  const queue = createQueue(endpoint, site);
  const engagement = createEngagement();
  // Without what is behind `#`, unless asked for: sign-in services leave secrets there.
  const here = () => (hash ? location.href : location.href.replace(/#.*/, ''));
  let address = here();
  /** Address and time of the last pageview, to which engagement belongs. */
  let viewed: string | undefined;
  let viewedAt: number;

  const report = (attentive?: boolean) => {
    engagement.update(attentive);
    const news = engagement.take();
    if (viewed && news) track('engagement', { url: viewed, ...news });
  };

  const track = (name: string, options?: (TrackOptions & Partial<EngagementReport>) | null) => {
    const { callback, ...fields } = options || {};
    try {
      const url = new URL(fields.url || here(), here()).href;
      // Where the visitor came from is told up to the first pageview; to the next ones they came from here.
      const referrer = (!viewed && document.referrer) || undefined;
      if (name === 'pageview') {
        report();
        viewed = url;
        engagement.begin();
      }
      const event = createEvent({ ...fields, name, url, referrer, hash });
      if (name === 'pageview') viewedAt = event.ts;
      // After midnight the page view is of the day before.
      if (name === 'engagement') event.since_ms = event.ts - viewedAt;
      if (ignored()) settle(callback, false);
      else tracker.send(event, callback);
    } catch {
      // What is not an address, or cannot be written as JSON, cannot be sent; the page goes on as if it had been.
      settle(callback, false);
    }
  };

  const tracker: Tracker = { track, send: queue.add };
  extensions?.map((join) => join(tracker));

  const hide = () => {
    engagement.scrolled();
    report(false);
    queue.leave();
  };

  const attend = () => (document.hidden ? hide() : engagement.update());
  // Somebody comes, goes, or is still there.
  for (const sign of ['focus', 'blur', 'visibilitychange', 'pointermove', 'keydown', 'scroll'])
    addEventListener(sign, attend);
  addEventListener('scroll', engagement.scrolled);
  addEventListener('pagehide', hide);
  if (!manual) {
    onAddressSet(() => {
      const before = address;
      address = here();
      if (address !== before) track('pageview');
    });
    // Back to a page that the browser had kept: nothing is loaded, yet it is looked at again.
    addEventListener('pageshow', (event) => event.persisted && track('pageview'));
    track('pageview');
  }
  return track;
}
