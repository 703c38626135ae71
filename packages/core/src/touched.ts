/** A visitor-day that must be folded again: what the processor tells the aggregator of every event it stored. */
export type Touched = {
  siteId: string;
  /** Local day, `YYYY-MM-DD`, in `zone`. */
  day: string;
  /** IANA zone that the site had then; it may have another when this is read. */
  zone: string;
  visitor: string;
};
