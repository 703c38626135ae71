/** How many groups of an answer are looked at one by one. */
export type GroupLimits = {
  /** All groups, at most. */
  most: number;
  /** Of how many the largest stand alone when there are more. */
  alone: number;
  /** The first ones, where a store can tell them (see top.ts); a page that is longer raises it. 0: they are not asked for. */
  first: number;
};

/** Of `most`: some 70 MB and a second of work, in slices, at most. Of `first`: 50 ms; few sites have more pages. */
export const GROUP_LIMITS: GroupLimits = { most: 100_000, alone: 10_000, first: 5_000 };
