/** How many groups of an answer are looked at one by one, and of how many the largest stand alone when there are more. */
export type GroupLimits = { most: number; alone: number };

/** Some 70 MB and a second of work, in slices, at most. */
export const GROUP_LIMITS: GroupLimits = { most: 100_000, alone: 10_000 };
