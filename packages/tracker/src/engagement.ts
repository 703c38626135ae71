/** What is new since the last report: deepest point seen in percent, and milliseconds of attention. */
export type EngagementReport = { scroll: number; engaged_ms: number };

export type Engagement = {
  /** Another page begins to be looked at. */
  begin(): void;
  /** Attention may have come or gone; false: it has gone, whatever the browser says. */
  update(attentive?: boolean): void;
  /** The page may have been scrolled. */
  scrolled(): void;
  /** What there is to tell since the last time; undefined when that is nothing. */
  take(): EngagementReport | undefined;
};

/** Who shows no sign of life for longer (moves, scrolls, types nothing) is not reading; what came before still counts. */
const IDLE_MS = 6e4;

/**
 * Measures how long and how far a page is read, by differences of a monotonic clock: setting the system's time does no
 * harm, nor does the sleep of a closed laptop count.
 */
export function createEngagement(): Engagement {
  /** When attention began, on the clock of the page; 0 while there is none. */
  let since = 0;
  let engaged = 0;
  let bottom = 0;
  let reported = 0;

  return {
    begin() {
      engaged = reported = 0;
      // Not the scroll position: in a client-side navigation it is still that of the page before.
      bottom = innerHeight;
    },
    // The page in front of the visitor has the focus, itself or a frame in it; one that cannot be seen never has.
    update(attentive = document.hasFocus()) {
      const now = performance.now();
      if (since) engaged += Math.min(IDLE_MS, now - since);
      // A browser that blurs its clock against fingerprinting says 0 for the first tenth of a second.
      since = attentive ? now || 1 : 0;
    },
    scrolled() {
      bottom = Math.max(bottom, scrollY + innerHeight);
    },
    take() {
      // The height as it is now: while the page was loading, the first screen would have been all of it.
      const seen = Math.min(100, Math.round((bottom / document.documentElement.scrollHeight) * 100));
      const scroll = Math.max(reported, seen);
      const engaged_ms = Math.round(engaged);
      if (scroll > reported || engaged_ms) {
        engaged = 0;
        reported = scroll;
        return { scroll, engaged_ms };
      }
      return undefined;
    },
  };
}
