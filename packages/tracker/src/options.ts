/** A decimal amount as text (never a float), with its ISO 4217 currency. */
export type Revenue = { amount: string; currency: string };

/** A line of an order; `price` is of one piece, a decimal string in the currency of the event's revenue. */
export type Item = { sku: string; name?: string; category?: string; price?: string; quantity?: number };

/** What an event may say besides its name; all of it optional. */
export type TrackOptions = {
  /** At most 30, names up to 300 and values up to 2,000 characters. */
  props?: Record<string, string | number | boolean | null>;
  /** False: the event does not end a bounce. Default: true for custom events. */
  interactive?: boolean;
  revenue?: Revenue;
  /** The shop's number of the order: a `purchase` that repeats it counts once a visitor and day. */
  order?: string;
  items?: Item[];
  /** Address that the event is counted for, absolute or relative to the page. Default: the page's own. */
  url?: string;
  /** Called once: true when the collector answered with success, false when the event was given up or ignored. */
  callback?: (taken: boolean) => void;
};

export type Track = (name: string, options?: TrackOptions) => void;
