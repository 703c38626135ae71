/**
 * The additive parts of which every metric is made: they add up over local days (visitors are per day), so a
 * report over a year is the sum of its days and ratios are taken once, at the very end.
 * `event` parts belong to the bucket of the event, `visit` parts to the bucket in which the visit starts.
 */
export const PARTS = {
  visitors: { family: 'event', unit: 'visitor-days' },
  pageviews: { family: 'event', unit: 'events named pageview' },
  events: { family: 'event', unit: 'events' },
  visits: { family: 'visit', unit: 'visits' },
  bounces: { family: 'visit', unit: 'visits' },
  durationMs: { family: 'visit', unit: 'milliseconds' },
} as const satisfies Record<string, { family: 'event' | 'visit'; unit: string }>;

export type Part = keyof typeof PARTS;
export type PartFamily = 'event' | 'visit';
export type Parts = Record<Part, number>;

export const PART_NAMES = Object.keys(PARTS) as Part[];

/** All parts at zero: the neutral element of {@link addParts}. */
export function zeroParts(): Parts {
  return { visitors: 0, pageviews: 0, events: 0, visits: 0, bounces: 0, durationMs: 0 };
}

/** Adds `more` into `sum` and returns `sum`; parts absent from `more` count as zero. */
export function addParts(sum: Parts, more: Partial<Parts>): Parts {
  for (const part of PART_NAMES) sum[part] += more[part] ?? 0;
  return sum;
}
