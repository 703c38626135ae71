import { expect, test } from 'vitest';
import { hasFewWildcards } from './page-pattern.ts';

// What patterns mean is tested in page-matcher.test.ts, in both of its forms.
test.each([
  ['/cart', true],
  [`/${'*/'.repeat(10)}`, true],
  [`/${'**/'.repeat(10)}`, true],
  [`/${'*/'.repeat(11)}`, false],
  [`/${'**a'.repeat(11)}`, false],
  // Stars in a row are one wildcard.
  [`/${'*'.repeat(100)}`, true],
])('%s has few wildcards: %s', (pattern, few) => expect(hasFewWildcards(pattern)).toBe(few));
