/** A visitor-day that must be folded again: what the processor tells the aggregator of every event it stored. */
export type Touched = {
  siteId: string;
  /** Local day of the site, `YYYY-MM-DD`. */
  day: string;
  visitor: string;
};
