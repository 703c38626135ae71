import { OTHER } from '../part-query.ts';
import type { QueryDimension } from './query.ts';

/** The key of the group that adds up what does not stand alone: of the same time and goal, whatever its texts are. */
export function otherKey(key: readonly string[], dimensions: readonly QueryDimension[]): string[] {
  return dimensions.map(({ kind }, index) => (kind === 'text' ? OTHER : (key[index] ?? '')));
}

/** Whether a key is of a group that adds up others. */
export function isOther(key: readonly string[], dimensions: readonly QueryDimension[]): boolean {
  return dimensions.every(({ kind }, index) => kind !== 'text' || key[index] === OTHER);
}
