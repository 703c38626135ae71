import { describe, expect, test } from 'vitest';
import { segmentEvents } from './segment.ts';

const NOW = Date.parse('2026-01-07T12:00:00Z');
const MINUTE = 60_000;
const SITE = { domain: 'shop.example', currency: 'EUR' };
const iso = (at: number) => new Date(at).toISOString();
const placed = (messages: readonly unknown[], more: object = {}, type?: string) =>
  JSON.parse(JSON.stringify([...segmentEvents(messages, { site: SITE, now: NOW, ...more }, type)])) as {
    index: number;
    event: Record<string, unknown>;
  }[];
const mapEvent = (message: object, more: object = {}) => placed([message], more)[0]?.event;
const mapTime = (message: object, sentAt?: unknown) =>
  mapEvent({ type: 'track', event: 'x', ...message }, { sentAt })?.ts;
const base = { ts: NOW, url: 'https://shop.example/', props: {} };

const MUG = {
  product_id: 'P1',
  sku: 'S1',
  name: 'Mug',
  category: 'Kitchen',
  price: 6.17,
  quantity: 2,
  brand: 'Acme',
};
const OUR_MUG = { sku: 'S1', name: 'Mug', category: 'Kitchen', price: '6.17', quantity: 2 };

describe('track', () => {
  test.each([
    [
      'Order Completed',
      { order_id: 'A-1', total: 15.34, revenue: 12.34, shipping: 3, currency: 'USD', products: [MUG] },
      {
        name: 'purchase',
        order: 'A-1',
        revenue: { amount: '15.34', currency: 'USD' },
        items: [OUR_MUG],
        props: { shipping: '3' },
      },
    ],
    [
      'order completed',
      { revenue: 12.34 },
      { name: 'purchase', revenue: { amount: '12.34', currency: 'EUR' } },
    ],
    [
      'Completed Order',
      { orderId: 77, total: '5' },
      { name: 'purchase', order: '77', revenue: { amount: '5', currency: 'EUR' } },
    ],
    [
      'Order Refunded',
      { order_id: 'A-1', total: -5 },
      { name: 'refund', order: 'A-1', revenue: { amount: '5', currency: 'EUR' } },
    ],
    [
      'Product Viewed',
      { ...MUG, currency: 'USD' },
      { name: 'view_item', items: [OUR_MUG], props: { brand: 'Acme', currency: 'USD' } },
    ],
    [
      'Product Added',
      { ...MUG, cart_id: 'c' },
      { name: 'add_to_cart', items: [OUR_MUG], props: { brand: 'Acme', cart_id: 'c' } },
    ],
    // What a basket would be worth is not revenue: the order that follows is.
    [
      'Checkout Started',
      { order_id: 'A-1', revenue: 12.34, products: [MUG] },
      { name: 'begin_checkout', items: [OUR_MUG], props: { order_id: 'A-1', revenue: '12.34' } },
    ],
    ['Order Updated', { revenue: 12.34 }, { name: 'Order Updated', props: { revenue: '12.34' } }],
    [
      'Renewed',
      { revenue: 20, currency: 'USD', plan: { name: 'pro' } },
      { name: 'Renewed', revenue: { amount: '20', currency: 'USD' }, props: { 'plan.name': 'pro' } },
    ],
    [
      'Renewed',
      { currency: 'USD', nonInteraction: true },
      { name: 'Renewed', interactive: false, props: { currency: 'USD', nonInteraction: 'true' } },
    ],
    // Our own names are ours here, too.
    [
      'purchase',
      { order_id: 'A-1', revenue: 1 },
      { name: 'purchase', order: 'A-1', revenue: { amount: '1', currency: 'EUR' } },
    ],
    ['Purchase', { order_id: 'A-1' }, { name: 'Purchase', props: { order_id: 'A-1' } }],
  ])('%s with %j', (event, properties, ours) => {
    expect(mapEvent({ type: 'track', event, properties })).toEqual({ ...base, ...ours });
  });

  test('a message says who, when and on what', () => {
    expect(
      mapEvent({
        type: 'track',
        event: 'Signup',
        messageId: 'm-1',
        anonymousId: 'anon-1',
        userId: 'u-1',
        timestamp: iso(NOW - 5_000),
        context: {
          ip: '203.0.113.5',
          userAgent: 'Firefox',
          locale: 'de-DE',
          screen: { width: 1440, height: 900, density: 2 },
          page: { url: 'https://shop.example/join', referrer: 'https://search.example/', title: 'Join' },
          traits: { email: 'somebody@shop.example' },
        },
      }),
    ).toEqual({
      id: 'm-1',
      name: 'Signup',
      visitor: 'anon-1',
      user: 'u-1',
      ts: NOW - 5_000,
      ip: '203.0.113.5',
      user_agent: 'Firefox',
      lang: 'de-DE',
      screen: [1440, 900],
      url: 'https://shop.example/join',
      referrer: 'https://search.example/',
      title: 'Join',
      props: {},
    });
  });

  test('of a known user alone, who is the visitor then', () => {
    expect(mapEvent({ type: 'track', event: 'x', userId: 7 })).toMatchObject({ visitor: '7', user: '7' });
  });

  test('the campaign of the context is that of an address without one', () => {
    const mapUrl = (url: string) =>
      mapEvent({
        type: 'track',
        event: 'x',
        context: { page: { url }, campaign: { name: 'Spring sale', source: 'mail', other: 'x' } },
      })?.url;
    expect(mapUrl('https://shop.example/p')).toBe(
      'https://shop.example/p?utm_source=mail&utm_campaign=Spring+sale',
    );
    expect(mapUrl('https://shop.example/p?utm_source=own')).toBe(
      'https://shop.example/p?utm_source=own&utm_campaign=Spring+sale',
    );
    expect(mapUrl('nowhere')).toBe('nowhere');
  });
});

describe('page and screen', () => {
  test.each([
    [
      'of a browser',
      {
        type: 'page',
        name: 'Home',
        properties: {
          url: 'https://shop.example/a',
          path: '/a',
          title: 'A',
          referrer: '',
          search: '',
          plan: 'pro',
        },
      },
      { name: 'pageview', url: 'https://shop.example/a', title: 'A', props: { name: 'Home', plan: 'pro' } },
    ],
    [
      'that the context knows',
      {
        type: 'page',
        category: 'Docs',
        context: { page: { url: 'https://shop.example/b', title: 'B', referrer: 'https://search.example/' } },
      },
      {
        name: 'pageview',
        url: 'https://shop.example/b',
        title: 'B',
        referrer: 'https://search.example/',
        props: { category: 'Docs' },
      },
    ],
    [
      'of which only the path is known',
      { type: 'page', properties: { path: '/c' } },
      { name: 'pageview', url: 'https://shop.example/c' },
    ],
    ['of which nothing is known', { type: 'page' }, { name: 'pageview' }],
    [
      'a screen',
      { type: 'screen', name: 'My cart', properties: { variant: 'b' } },
      {
        name: 'pageview',
        url: 'https://shop.example/screen/My%20cart',
        props: { name: 'My cart', variant: 'b' },
      },
    ],
    ['a screen without a name', { type: 'screen' }, { name: 'pageview' }],
  ])('%s', (_, message, ours) => {
    expect(mapEvent(message)).toEqual({ ...base, ...ours });
  });
});

describe('when', () => {
  test.each([
    ['a clock that is right', { timestamp: iso(NOW - 5_000) }, iso(NOW - 400), NOW - 5_000],
    [
      'a clock an hour behind',
      { timestamp: iso(NOW - 61 * MINUTE) },
      iso(NOW - 60 * MINUTE - 900),
      NOW - MINUTE,
    ],
    ['a clock an hour ahead', { timestamp: iso(NOW + 59 * MINUTE) }, iso(NOW + 60 * MINUTE), NOW - MINUTE],
    [
      'a shop’s history, sent now',
      { timestamp: '2025-06-01T12:00:00Z' },
      iso(NOW),
      Date.parse('2025-06-01T12:00:00Z'),
    ],
    [
      'the original time alone',
      { originalTimestamp: iso(NOW + 59 * MINUTE) },
      iso(NOW + 60 * MINUTE),
      NOW - MINUTE,
    ],
    [
      'what Segment has corrected',
      { timestamp: iso(NOW - MINUTE), originalTimestamp: iso(NOW + 59 * MINUTE) },
      iso(NOW + 60 * MINUTE),
      NOW - MINUTE,
    ],
    [
      'each message by its own',
      { timestamp: iso(NOW - 61 * MINUTE), sentAt: iso(NOW - 60 * MINUTE) },
      iso(NOW),
      NOW - MINUTE,
    ],
    ['nothing said of the sending', { timestamp: iso(NOW - 61 * MINUTE) }, undefined, NOW - 61 * MINUTE],
    ['no time at all', {}, iso(NOW - 60 * MINUTE), NOW],
    ['no time that is one', { timestamp: 'noon' }, iso(NOW), 'noon'],
  ])('%s', (_, message, sentAt, at) => {
    expect(mapTime(message, sentAt)).toBe(at);
  });

  test('is the same for a retry, which takes another moment to travel', () => {
    const message = { timestamp: iso(NOW - 61 * MINUTE) };
    const tries = [0, 900, 9_000].map((later) => mapTime(message, iso(NOW - 60 * MINUTE - later)));
    expect(new Set(tries).size).toBe(1);
  });

  test('messages of the same millisecond stand in their order', () => {
    const tracked = ['a', 'b', 'c'].map((event) => ({ type: 'track', event, timestamp: iso(NOW) }));
    const later = { type: 'track', event: 'd', timestamp: iso(NOW + 50) };
    expect(placed([...tracked, later]).map(({ event }) => event.ts)).toEqual([
      NOW,
      NOW + 1,
      NOW + 2,
      NOW + 50,
    ]);
  });
});

describe('a batch', () => {
  test('keeps the places of its messages; those that tell of nothing that happened are left out', () => {
    const types = ['identify', 'track', 'group', 'alias', 'page'];
    expect(placed(types.map((type) => ({ type }))).map(({ index }) => index)).toEqual([1, 4]);
  });

  test('what is not a message, or of no known type, is for validation to refuse', () => {
    expect(placed([7, null, ['track']]).map(({ event }) => event)).toEqual([7, null, ['track']]);
    for (const type of ['delete', '__proto__', 7, undefined]) {
      const event = mapEvent({ type, event: 'x', messageId: 'm' });
      expect(event).toMatchObject({ id: 'm' });
      expect(event).not.toHaveProperty('name');
    }
  });

  test('says of all its messages what they do not say themselves', () => {
    const context = { ip: '203.0.113.5', locale: 'de' };
    const messages = [{ type: 'page' }, { type: 'page', context: { locale: 'fr' } }];
    expect(placed(messages, { context }).map(({ event }) => [event.ip, event.lang])).toEqual([
      ['203.0.113.5', 'de'],
      ['203.0.113.5', 'fr'],
    ]);
  });

  test('the path’s type counts before that of the message', () => {
    expect(placed([{ type: 'track', event: 'x' }], {}, 'identify')).toEqual([]);
    expect(placed([{ event: 'x' }], {}, 'track')[0]?.event.name).toBe('x');
  });
});

/** An object of which is counted how often all of its fields were looked at: it may have as many as a body has room for. */
function counted(fields: object): { object: object; looks: () => number } {
  let looks = 0;
  const ownKeys = (target: object) => {
    looks += 1;
    return Reflect.ownKeys(target);
  };
  return { object: new Proxy(fields, { ownKeys }), looks: () => looks };
}

test('what a batch says of all its messages is not read whole for each: a request would cost their product', () => {
  const page = counted({ url: 'https://shop.example/a', title: 'A' });
  const campaign = counted({ source: 'mail' });
  const context = counted({ page: page.object, campaign: campaign.object, locale: 'de' });
  const messages = Array.from({ length: 500 }, () => ({ type: 'page' }));
  const events = [...segmentEvents(messages, { site: SITE, now: NOW, context: context.object })];
  expect(events).toHaveLength(500);
  expect(events[499]?.event).toMatchObject({
    url: 'https://shop.example/a?utm_source=mail',
    title: 'A',
    lang: 'de',
  });
  expect(context.looks() + page.looks() + campaign.looks()).toBeLessThan(10);
});

test('an address that is longer than any is left as it is, for validation to refuse', () => {
  const url = `https://shop.example/${'a'.repeat(5_000)}`;
  const context = { page: { url }, campaign: { source: 'mail' } };
  expect(mapEvent({ type: 'page' }, { context })?.url === url).toBe(true);
});
