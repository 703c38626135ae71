import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openFakePage } from './fake-page.fixture.ts';

const load = () => import('./index.ts');

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('on a server that renders the page, nothing happens and nothing piles up', async () => {
  const { init, track } = await load();
  expect(() => {
    init({ site: 'key' });
    track('purchase');
  }).not.toThrow();
  const page = openFakePage('https://shop.example/');
  init({ site: 'key' });
  await page.settle();
  expect(page.events().map(({ name }) => name)).toEqual(['pageview']);
});

test('calls before the start are counted after its pageview; a second start changes nothing', async () => {
  const page = openFakePage('https://shop.example/');
  const { init, track } = await load();
  track('view_item');
  await page.settle();
  expect(page.sent).toEqual([]);
  init({ site: 'key' });
  init({ site: 'other' });
  await page.settle();
  expect(page.sent.map(({ url, site }) => [url, site])).toEqual([['/collect', 'key']]);
  expect(page.events().map(({ name }) => name)).toEqual(['pageview', 'view_item']);
});

test('a browser that lacks what counting needs is left alone', async () => {
  openFakePage('https://shop.example/');
  vi.stubGlobal('history', undefined);
  const { init, track } = await load();
  expect(() => {
    init({ site: 'key' });
    track('purchase');
  }).not.toThrow();
});
