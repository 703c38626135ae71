import type { Extension } from '../extension.ts';
import { before } from './guard.ts';

/**
 * Counts a share of all page loads. It is decided once for each, so a loaded page is counted whole, with every page that
 * the visitor goes on to without loading, or not at all. Reports show what was counted; nothing is multiplied.
 * @param percent 0 to 100
 */
export function sample(percent: number): Extension {
  const counted = Math.random() * 100 < percent;
  return (tracker) => before(tracker, (event) => (counted ? event : undefined));
}
