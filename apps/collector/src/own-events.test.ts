import type { OwnDomain } from '@footfall/db/domain/proof';
import { expect, test } from 'vitest';
import { OwnEvents, ownDomain } from './own-events.ts';

const SITE = { id: 'site_1', domain: 'shop.example', furtherDomains: ['shop.test'] };

test.each([
  ['https://shop.example/p', null],
  ['https://www.shop.example/', null],
  ['https://blog.shop.example/', null],
  ['https://www.shop.test/', 'shop.test'],
  ['https://kasse.shop.test/', 'shop.test'],
  ['https://notshop.example/', undefined],
  ['https://notshop.test/', undefined],
  ['https://shop.example.evil.example/', undefined],
  ['not an address', undefined],
])('%s lies on the further domain %s of the site (null: on its first)', (url, further) => {
  expect(ownDomain(url, SITE)).toEqual(further === undefined ? null : { siteId: 'site_1', further });
});

test('each domain of a site is noted once, and again when that could not be told', async () => {
  const told: (readonly OwnDomain[])[] = [];
  let isAway = true;
  const events = new OwnEvents(async (seen) => {
    if (isAway) throw new Error('away');
    told.push(seen);
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
  events.note(SITE, 'https://www.shop.test/');
  events.note(SITE, 'https://shop.test/again');
  await events.stop();
  expect(told).toEqual([[{ siteId: 'site_1', further: null }], [{ siteId: 'site_1', further: 'shop.test' }]]);
});
