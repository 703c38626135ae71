import { describe, expect, test } from 'vitest';
import { ga4Events } from './ga4.ts';

const NOW = Date.parse('2026-01-07T12:00:00Z');
const SITE = { domain: 'shop.example', currency: 'EUR' };
const PAGE = 'https://shop.example/p/1';
const mapEvents = (body: object, events: readonly unknown[]) =>
  JSON.parse(
    JSON.stringify([...ga4Events(events, { body: body as Record<string, unknown>, site: SITE, now: NOW })]),
  ) as Record<string, unknown>[];
const mapEvent = (event: object, body: object = {}) => mapEvents({ client_id: 'c.1', ...body }, [event])[0];
const params = (name: string, said: object) => ({ name, params: { page_location: PAGE, ...said } });
const base = { visitor: 'c.1', url: PAGE, timestamp: NOW, props: {} };

describe('an event', () => {
  test.each([
    [
      'page_view',
      {
        page_referrer: 'https://search.example/',
        page_title: 'Mug',
        language: 'de-de',
        screen_resolution: '1440x900',
      },
      {
        name: 'pageview',
        referrer: 'https://search.example/',
        title: 'Mug',
        lang: 'de-de',
        screen: [1440, 900],
      },
    ],
    ['user_engagement', { engagement_time_msec: 1_200 }, { name: 'engagement', engaged_ms: 1_200 }],
    ['user_engagement', { engagement_time_msec: '1200' }, { name: 'engagement', engaged_ms: 1_200 }],
    ['scroll', { percent_scrolled: 90 }, { name: 'engagement', scroll: 90 }],
    ['session_start', { session_id: '123' }, { name: 'session_start', interactive: false }],
    [
      'sign_up',
      { method: 'mail', engagement_time_msec: 100 },
      { name: 'sign_up', props: { method: 'mail' } },
    ],
    [
      'purchase',
      {
        transaction_id: 'T_1',
        value: 30.03,
        currency: 'USD',
        coupon: 'SUMMER',
        items: [
          { item_id: 'S1', item_name: 'Mug', item_category: 'Kitchen', price: 10.01, quantity: 3, index: 0 },
        ],
      },
      {
        name: 'purchase',
        order: 'T_1',
        revenue: { amount: '30.03', currency: 'USD' },
        items: [{ sku: 'S1', name: 'Mug', category: 'Kitchen', price: '10.01', quantity: 3 }],
        props: { coupon: 'SUMMER' },
      },
    ],
    [
      'refund',
      { transaction_id: 'T_1', value: -10.01 },
      { name: 'refund', order: 'T_1', revenue: { amount: '10.01', currency: 'EUR' } },
    ],
    [
      'add_to_cart',
      { value: 10.01, currency: 'USD', items: [{ item_name: 'Mug' }] },
      // Not revenue: nobody has paid yet.
      {
        name: 'add_to_cart',
        items: [{ sku: 'Mug', name: 'Mug', quantity: 1 }],
        props: { value: '10.01', currency: 'USD' },
      },
    ],
    ['begin_checkout', { value: 10 }, { name: 'begin_checkout', props: { value: '10' } }],
    ['view_item', { items: 'none' }, { name: 'view_item' }],
  ])('%s with %j', (name, said, ours) => {
    expect(mapEvent(params(name, said))).toEqual({ ...base, ...ours });
  });

  test('on no page is on the site’s first page; a screen’s name stands for one', () => {
    expect(mapEvent({ name: 'sign_up' })).toMatchObject({ url: 'https://shop.example/' });
    expect(mapEvent({ name: 'screen_view', params: { screen_name: 'My cart' } })).toMatchObject({
      name: 'pageview',
      url: 'https://shop.example/screen/My%20cart',
    });
  });

  test.each([7, null, 'page_view', ['page_view']])('%j is none: validation says so', (event) => {
    expect(mapEvents({}, [event])).toEqual([event]);
  });
});

describe('a request', () => {
  test('says who it is, and on what, for all its events', () => {
    const body = {
      user_id: 'u-1',
      ip_override: '203.0.113.5',
      user_agent: 'Firefox',
      device: { language: 'fr', screen_resolution: '800x600' },
      user_properties: { tier: { value: 'gold' } },
    };
    expect(mapEvent(params('sign_up', { language: 'de' }), body)).toEqual({
      ...base,
      name: 'sign_up',
      user: 'u-1',
      ip: '203.0.113.5',
      user_agent: 'Firefox',
      lang: 'de',
      screen: [800, 600],
      props: { 'user_properties.tier': 'gold' },
    });
  });

  test('its time, in microseconds, is that of events without one, in their order', () => {
    const at = (NOW - 60_000) * 1_000;
    const events = [
      { name: 'a' },
      { name: 'b' },
      { name: 'c', timestamp_micros: String((NOW - 5_000) * 1_000) },
    ];
    const times = (body: object) => mapEvents(body, events).map(({ timestamp }) => timestamp);
    expect(times({ timestamp_micros: at })).toEqual([NOW - 60_000, NOW - 59_999, NOW - 5_000]);
    expect(times({})).toEqual([NOW, NOW + 1, NOW - 5_000]);
    expect(times({ timestamp_micros: 'noon' })).toEqual(['noon', 'noon', NOW - 5_000]);
  });

  test('ids that are too long stay apart', () => {
    const ids = ['a', 'b'].map(
      (end) => mapEvent(params('x', {}), { client_id: 'x'.repeat(200) + end })?.visitor,
    );
    expect(ids.map((id) => String(id).length)).toEqual([64, 64]);
    expect(ids[0]).not.toBe(ids[1]);
  });
});

test('what a request says of its visitor is read once, not for each event: a request would cost their product', () => {
  let looks = 0;
  const ownKeys = (target: object) => {
    looks += 1;
    return Reflect.ownKeys(target);
  };
  const user_properties = new Proxy({ tier: { value: 'gold' } }, { ownKeys });
  const device = new Proxy({ screen_resolution: '800x600' }, { ownKeys });
  const events = Array.from({ length: 25 }, () => ({ name: 'x', params: { plan: 'pro' } }));
  const body = { client_id: 'c', user_properties, device };
  const mapped = [...ga4Events(events, { body, site: SITE, now: NOW })];
  expect(mapped[24]).toMatchObject({
    props: { plan: 'pro', 'user_properties.tier': 'gold' },
    screen: [800, 600],
  });
  expect(looks).toBe(1);
});
