import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { describeEvent } from './event.ts';
import { openFakePage } from './fake-page.fixture.ts';

const URL_OF_PAGE = 'https://shop.example/p/1?utm_source=x';

beforeEach(() => {
  vi.useFakeTimers();
  openFakePage(URL_OF_PAGE);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('an event says what the contract names of the page', () => {
  const { id, ts, ...rest } = describeEvent();
  expect(rest).toEqual({ title: 'Bowls', screen: [1440, 900], lang: 'de-DE' });
  expect(typeof ts).toBe('number');
  expect(id).toBeTypeOf('string');
});

test('ids are version 4 UUIDs, each its own, also where crypto.randomUUID is missing (plain http)', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const ids = Array.from({ length: 500 }, () => describeEvent().id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
});

test('two events of one millisecond keep their order, also when the clock is set back', () => {
  const first = describeEvent().ts;
  const second = describeEvent().ts;
  vi.setSystemTime(Date.now() - 60_000);
  const third = describeEvent().ts;
  expect([second - first, third - second]).toEqual([1, 1]);
  vi.setSystemTime(third + 5_000);
  expect(describeEvent().ts).toBe(third + 5_000);
});
