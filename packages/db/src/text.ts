import { trimBlanks } from '@footfall/core/blank';

/** What no name has, and Postgres does not all take. */
const UNPRINTABLE = /\p{Cc}/u;

/** A text from outside as it is kept, or null when it is empty, longer than `max` characters, or holds control characters. */
export function printable(text: string, max: number): string | null {
  const kept = trimBlanks(text).toWellFormed();
  return kept === '' || kept.length > max || UNPRINTABLE.test(kept) ? null : kept;
}
