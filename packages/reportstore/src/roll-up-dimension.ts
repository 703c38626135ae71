import { DIMENSIONS } from '@footfall/core/dimension';
import type { GroupKey } from '@footfall/core/part-query';
import { ROLL_UP_ALL, ROLL_UP_HOUR } from '@footfall/core/roll-up';
import { reportStoreFailure } from './errors.ts';

type NamedKey = Exclude<GroupKey, { kind: 'day' | 'currency' }>;

const unanswerable = (message: string) => reportStoreFailure('unanswerable', message);

function rollUpName(key: NamedKey): string {
  if (key.kind === 'hour') return ROLL_UP_HOUR;
  const dimension = key.kind === 'dimension' ? key.dimension : null;
  if (dimension?.kind === 'item') return dimension.name;
  if (dimension?.kind === 'column' && DIMENSIONS[dimension.name].rollUp) return dimension.name;
  throw unanswerable('there are no roll-ups of this dimension');
}

/**
 * The dimension whose roll-ups answer for these keys.
 * @throws Failure `unanswerable`
 */
export function rollUpDimension(groupBy: readonly GroupKey[]): string {
  const isNamed = (key: GroupKey): key is NamedKey => key.kind !== 'day' && key.kind !== 'currency';
  const names = groupBy.filter(isNamed).map(rollUpName);
  if (names.length > 1) throw unanswerable('roll-ups are of one dimension or of the hour');
  return names[0] ?? ROLL_UP_ALL;
}
