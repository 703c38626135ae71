import { expect, test } from 'vitest';
import { isOwnPage, OwnEvents } from './own-events.ts';

const SITE = { id: 'site_1', domain: 'shop.example' };

test.each([
  ['https://shop.example/p', true],
  ['https://www.shop.example/', true],
  ['https://blog.shop.example/', true],
  ['https://notshop.example/', false],
  ['https://shop.example.evil.example/', false],
  ['not an address', false],
])('%s is a page of the site: %s', (url, expected) => {
  expect(isOwnPage(url, SITE)).toBe(expected);
});

test('a site is noted once, and again when that could not be told', async () => {
  const told: (readonly string[])[] = [];
  let isAway = true;
  const events = new OwnEvents(async (ids) => {
    if (isAway) throw new Error('away');
    told.push(ids);
  });
  const send = () => events.note(SITE, 'https://shop.example/');
  send();
  await events.tell();
  isAway = false;
  send();
  send();
  await events.tell();
  send();
  events.note({ ...SITE, id: 'site_2' }, 'https://staging.example/');
  await events.stop();
  expect(told).toEqual([['site_1']]);
});
