import { compilePagePatterns } from '@footfall/core/page-matcher';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { TrackedEvent, Tracker } from '../extension.ts';
import { exclude, matchesPage } from './exclude.ts';

/** Whether an event of this path is sent. */
function isSent(pattern: string, path: string): boolean {
  const send = vi.fn();
  const tracker: Tracker = { track: vi.fn(), send };
  exclude([pattern])(tracker);
  tracker.send({ url: `https://shop.example${path}` } as TrackedEvent);
  return send.mock.calls.length > 0;
}

// As goals have it: packages/core/src/goal.test.ts.
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
  ['**', '/anything/at/all', true],
  [' /cart ', '/cart?step=2#x', true],
  ['/grüße/*', '/gr%C3%BC%c3%9fe/x', true],
  ['/gr%C3%BC%C3%9Fe/*', '/grüße/x', true],
  ['/caf%E9', '/caf%E9', true],
  ['/#/cart', '/#/cart', false],
])('the pattern %s excludes %s: %s', (pattern, path, excluded) => {
  expect(isSent(pattern, path)).toBe(!excluded);
});

test('where routes stand in the hash they are part of the page', () => {
  const send = vi.fn();
  const tracker: Tracker = { track: vi.fn(), send };
  exclude(['/#/account/**'])(tracker);
  for (const [route, hash] of [
    ['#/account/orders?page=2', true],
    ['#/cart', true],
    ['#/account/orders', false],
  ] as const)
    tracker.send({ url: `https://shop.example/${route}`, hash } as TrackedEvent);
  expect(send.mock.calls.map(([{ url }]) => new URL(url).hash)).toEqual(['#/cart', '#/account/orders']);
});

test('a pattern means what it means for goals', () => {
  const text = (...pieces: string[]) =>
    fc
      .array(fc.constantFrom('/', 'a', 'b', '.', ...pieces), { maxLength: 10 })
      .map((all) => `/${all.join('')}`);
  fc.assert(
    fc.property(text('*', '**'), text(), (pattern, path) => {
      expect(matchesPage(pattern, path)).toBe(compilePagePatterns([pattern])(path));
    }),
    { numRuns: 500 },
  );
});

test('a hostile link does not hold the page up', () => {
  const began = performance.now();
  expect(matchesPage(`/${'**a*a'.repeat(20)}b`, `/${'a'.repeat(4_000)}`)).toBe(false);
  expect(performance.now() - began).toBeLessThan(2_000);
});
