/** Why a record is not an event of the site although nothing is wrong with it; shown to the operator by these names. */
export const SKIPS = {
  asset: 'a file that a page loads, such as an image or a script',
  method: 'no GET',
  status: 'neither 2xx nor 304',
  noise: 'health checks, robots.txt and the like',
  bookkeeping: 'what the other product notes for itself, such as the start of a session',
  bot: 'a bot that cannot be told from people without its user agent',
} as const;

export type SkipReason = keyof typeof SKIPS;

/** An event in the shape of `POST /v1/events`; the collector judges it. */
export type ImportedEvent = Readonly<Record<string, unknown>>;

/**
 * What a record of a file came to. `identity` tells an event from all others of its format, where it has such a thing; `nothing` is
 * a heading, a comment, an empty line.
 */
export type Parsed =
  | { kind: 'event'; event: ImportedEvent; identity?: string }
  | { kind: 'skipped'; why: SkipReason }
  | { kind: 'bad'; why: string }
  | { kind: 'nothing' };

export const NOTHING: Parsed = { kind: 'nothing' };
export const skipped = (why: SkipReason): Parsed => ({ kind: 'skipped', why });
export const bad = (why: string): Parsed => ({ kind: 'bad', why });
