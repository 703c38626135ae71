/** How a tenant stands to what its plan includes, by its last months: one over it is free, two in a row are not. */
export type OverPlan = 'within' | 'once' | 'twice';

/** @param used Events of the months that ended, the latest first. @param limit Events a month that the plan includes now; null: no limit. */
export function judgeMonths([last = 0, before = 0]: readonly number[], limit: number | null): OverPlan {
  if (limit === null || last <= limit) return 'within';
  return before > limit ? 'twice' : 'once';
}
