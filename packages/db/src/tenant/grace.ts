import { controlFailure } from '../errors.ts';

/** The longest that a former secret goes on, hours: a week, in which whoever looks after a server comes by. */
const MAX_GRACE_HOURS = 7 * 24;

/**
 * For how many hours the former secret of a key goes on.
 * @throws Failure `invalid_grace`
 */
export function checkGrace(hours: number): number {
  if (Number.isInteger(hours) && hours >= 0 && hours <= MAX_GRACE_HOURS) return hours;
  throw controlFailure('invalid_grace', `a former secret goes on for ${MAX_GRACE_HOURS} hours at most`, {
    where: 'grace',
    values: { most: MAX_GRACE_HOURS },
  });
}
