import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { pagePattern } from './page-pattern.ts';

test.each([
  ['/checkout/*', '/checkout/pay', true],
  ['/checkout/*', '/checkout/', false],
  ['/checkout/*', '/checkout', false],
  ['/checkout/*', '/checkout/pay/now', false],
  ['/blog/**', '/blog/2026/01/x', true],
  ['/blog/**', '/blog/', true],
  ['/blog/**', '/blog', false],
  ['/p/*/reviews', '/p/mug/reviews', true],
  ['/p/*/reviews', '/p/a/b/reviews', false],
  ['/p-*', '/p-', true],
  ['/p-*', '/p-mug', true],
  ['/p-*', '/p-mug/x', false],
  ['/a.b+(c)*', '/a.b+(c)d', true],
  ['/a.b', '/axb', false],
  ['**', '/anything/at all', true],
])('the pattern %s and %s: %s', (pattern, path, matches) => {
  expect(RE2JS.compile(pagePattern(pattern)).matcher(path).find()).toBe(matches);
});
