import fc from 'fast-check';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { compilePagePatterns, countStates } from './page-matcher.ts';
import { pagePattern } from './page-pattern.ts';

const matches = (pattern: string, path: string) => compilePagePatterns([pattern])(path);

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
  ['*', '', false],
  ['*', 'a', true],
  ['/**/*/x', '/a/b/x', true],
  ['/**/*/x', '/a//x', false],
  ['/grüße/*/ende', '/grüße/日本/ende', true],
  ['/***/x', '/a/b/x', true],
])('the pattern %s and %s: %s', (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
  expect(RE2JS.compile(pagePattern(pattern), RE2JS.DOTALL).matcher(path).find()).toBe(expected);
});

/** The meaning of patterns, as slow as it is plain: a segment at a time, every way to end a wildcard is tried. */
function byTrying(pattern: string, path: string): boolean {
  const head = /^(\/|^)\*(?=\/|$)/.exec(pattern)?.[0];
  if (head !== undefined && !pattern.startsWith('**') && !pattern.startsWith('/**')) {
    // A segment that is a star alone: at least one character, none of them a slash.
    const begun = head.startsWith('/') ? path.startsWith('/') : true;
    if (!begun) return false;
    for (
      let end = head.length;
      end <= path.length && !path.slice(head.length - 1, end).includes('/');
      end += 1
    )
      if (tail(pattern.slice(head.length), path.slice(end))) return true;
    return false;
  }
  return tail(pattern, path);
}

/** Beyond the first letter of a segment, or at the slash that begins one. */
function tail(pattern: string, path: string): boolean {
  if (pattern === '') return path === '';
  if (pattern.startsWith('/') && /^\/\*(\/|$)/.test(pattern)) return byTrying(pattern, path);
  if (pattern.startsWith('**')) {
    for (let end = 0; end <= path.length; end += 1) if (tail(pattern.slice(2), path.slice(end))) return true;
    return false;
  }
  if (pattern.startsWith('*')) {
    for (let end = 0; end <= path.length && !path.slice(0, end).includes('/'); end += 1)
      if (tail(pattern.slice(1), path.slice(end))) return true;
    return false;
  }
  return path.startsWith(pattern[0] as string) && tail(pattern.slice(1), path.slice(1));
}

const patterns = fc
  .array(fc.constantFrom('/', 'a', 'b', '*', '**', '.', '%20', 'é', '日'), { maxLength: 9 })
  .map((pieces) => `/${pieces.join('')}`);
const paths = fc
  .array(fc.constantFrom('/', 'a', 'b', '.', '%20', 'é', '日', '\n'), { maxLength: 10 })
  .map((pieces) => `/${pieces.join('')}`);

test('a pattern matches what it means, tried out, and what its regular expression matches', () => {
  fc.assert(
    fc.property(patterns, paths, (pattern, path) => {
      const expected = byTrying(pattern, path);
      expect(matches(pattern, path)).toBe(expected);
      expect(new RegExp(pagePattern(pattern), 's').test(path)).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});

test('many patterns match what one of them matches', () => {
  fc.assert(
    fc.property(fc.array(patterns, { maxLength: 12 }), paths, (some, path) => {
      expect(compilePagePatterns(some)(path)).toBe(some.some((pattern) => matches(pattern, path)));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['/cart', 0],
  ['/account/**', 0],
  ['/checkout/*', 0],
  ['/p-*', 0],
  ['/p/*/x', 7],
  ['/**/x', 4],
])('%s takes %i states', (pattern, states) => expect(countStates(pattern)).toBe(states));

/** The fastest of three: what a path costs, not what else the machine does. */
function fastest(test: (path: string) => boolean, path: string): number {
  const times = [0, 0, 0].map(() => {
    const began = performance.now();
    test(path);
    return performance.now() - began;
  });
  return Math.min(...times);
}

test('what a hostile path costs grows as it and the patterns do: nothing is looked at twice', () => {
  const hostile = Array.from({ length: 15 }, (_, n) => `/${'**a*a'.repeat(36)}b${n}`);
  const test = compilePagePatterns(hostile);
  const long = `/${'a'.repeat(4_000)}`;
  expect(test(long)).toBe(false);
  // A step takes some nanoseconds; 15 of these patterns took 2.6 s as regular expressions.
  expect(fastest(test, long)).toBeLessThan(250);
});

test('a path that is longer than any is compared with what stands at its beginning alone', () => {
  const long = `/a/${'%E6%BC%A2'.repeat(1_000)}/b`;
  expect(compilePagePatterns(['/a/**'])(long)).toBe(true);
  expect(compilePagePatterns(['/a/*/b'])(long)).toBe(false);
  expect(compilePagePatterns(['/a/*/b'])(`/a/${'%E6%BC%A2'.repeat(100)}/b`)).toBe(true);
});
