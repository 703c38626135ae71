import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ga4Event } from './ga4-event.ts';

const text = (key: string, value: string) => ({ key, value: { string_value: value } });
const whole = (key: string, value: string) => ({ key, value: { int_value: value } });

const VIEW = {
  event_date: '20261010',
  event_timestamp: '1760097336250000',
  event_name: 'page_view',
  event_params: [
    text('page_location', 'https://shop.example/p/1?a=b'),
    text('page_referrer', 'https://search.example/'),
    text('page_title', 'Mug'),
    whole('ga_session_id', '17'),
    text('shelf', 'kitchen'),
  ],
  event_bundle_sequence_id: '4',
  batch_event_index: '1',
  user_pseudo_id: '123.456',
  stream_id: '1',
  device: {
    category: 'desktop',
    language: 'de-de',
    operating_system: 'Windows',
    operating_system_version: 'Windows 10',
    web_info: { browser: 'Chrome', browser_version: '141.0' },
  },
  geo: { country: 'Germany', region: 'Berlin', city: '(not set)' },
  ecommerce: { purchase_revenue: null, transaction_id: '(not set)' },
  items: [],
};

test('a page view', () => {
  expect(ga4Event(VIEW, 'EUR')).toEqual({
    kind: 'event',
    identity: '["1","123.456","1760097336250000","page_view","4","1"]',
    event: {
      name: 'pageview',
      timestamp: 1760097336250,
      url: 'https://shop.example/p/1?a=b',
      referrer: 'https://search.example/',
      title: 'Mug',
      lang: 'de-de',
      user: undefined,
      visitor: '123.456',
      user_agent:
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/. (KHTML, like Gecko) Chrome/. Safari/.',
      order: undefined,
      items: undefined,
      revenue: undefined,
      props: { country: 'Germany', region: 'Berlin', shelf: 'kitchen' },
    },
  });
});

test('a purchase has its order, its items and what was paid', () => {
  const row = {
    ...VIEW,
    event_name: 'purchase',
    event_params: [text('page_location', 'https://shop.example/thanks'), text('currency', 'EUR')],
    ecommerce: { purchase_revenue: 20.5, transaction_id: 'A-1' },
    items: [{ item_id: 'S1', item_name: 'Mug', item_category: 'Kitchen', price: 10.25, quantity: '2' }],
  };
  expect(ga4Event(row, 'USD')).toMatchObject({
    event: {
      name: 'purchase',
      order: 'A-1',
      revenue: { amount: '20.5', currency: 'EUR' },
      items: [{ sku: 'S1', name: 'Mug', category: 'Kitchen', price: '10.25', quantity: 2 }],
    },
  });
  const unnamed = { ...row, event_params: row.event_params.slice(0, 1) };
  expect(ga4Event(unnamed, 'USD')).toMatchObject({
    event: { revenue: { amount: '20.5', currency: 'USD' } },
  });
  expect(ga4Event({ ...row, event_name: 'add_to_cart' }, 'EUR')).toMatchObject({
    event: { revenue: undefined },
  });
});

test('a campaign that the address does not name is added to it, a referrer that GA4 understood is not', () => {
  const parsedUrl = (more: object) => {
    const parsed = ga4Event({ ...VIEW, ...more }, 'EUR');
    return parsed.kind === 'event' ? parsed.event.url : parsed.kind;
  };
  const source = (manual_source: string, manual_medium: string) => ({
    collected_traffic_source: { manual_source, manual_medium, manual_campaign_name: 'spring' },
  });
  expect(parsedUrl(source('google', 'cpc'))).toBe(
    'https://shop.example/p/1?a=b&utm_source=google&utm_medium=cpc&utm_campaign=spring',
  );
  expect(parsedUrl(source('google', 'organic'))).toBe('https://shop.example/p/1?a=b');
  expect(parsedUrl(source('(direct)', '(none)'))).toBe('https://shop.example/p/1?a=b');
});

test.each([
  ['session_start', { kind: 'skipped', why: 'bookkeeping' }],
  ['first_visit', { kind: 'skipped', why: 'bookkeeping' }],
])('%s is none', (event_name, parsed) => {
  expect(ga4Event({ ...VIEW, event_name }, 'EUR')).toEqual(parsed);
});

test('user_engagement and scroll are engagement', () => {
  const params = [
    ...VIEW.event_params,
    whole('engagement_time_msec', '1500'),
    whole('percent_scrolled', '90'),
  ];
  expect(ga4Event({ ...VIEW, event_name: 'scroll', event_params: params }, 'EUR')).toMatchObject({
    event: { name: 'engagement', engaged_ms: 1500, scroll: 90 },
  });
});

test('rows of one batch that nothing tells apart are told by their place in the file', () => {
  const { batch_event_index: _, ...older } = VIEW;
  expect(ga4Event(older, 'EUR')).not.toHaveProperty('identity');
});

test('no row makes it throw', () => {
  const names = fc.constantFrom(...Object.keys(VIEW));
  fc.assert(
    fc.property(fc.dictionary(names, fc.anything()), (row) => void ga4Event({ ...VIEW, ...row }, 'EUR')),
  );
});
