import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Intake, validateEvent } from './validate.ts';

const NOW = Date.parse('2026-01-07T12:00:00Z');
const HOUR = 3_600_000;
const intake = (sender: Intake['sender'] = 'browser'): Intake => ({
  sender,
  site: { id: 'site_a', retentionDays: 3_650 },
  now: NOW,
  newId: () => 'made-id',
});
const good = { id: 'e1', name: 'pageview', ts: NOW - 1_000, url: 'https://shop.example/p/1?utm_source=x' };
const rejectionReason = (input: unknown, sender: Intake['sender'] = 'browser') => {
  const result = validateEvent(input, intake(sender));
  return result.ok ? 'ok' : result.reason;
};

test('takes the event of the contract whole', () => {
  const result = validateEvent(
    {
      ...good,
      referrer: 'https://search.example/',
      title: 'Mug',
      screen: [1440, 900],
      lang: 'de-DE',
      props: { plan: 'pro', count: 3, gift: true, none: null },
      interactive: true,
      revenue: { amount: '12.34', currency: 'eur' },
      order: 'A-1001',
      items: [{ sku: 'S1', name: 'Mug', category: 'Kitchen', price: '6.17', quantity: 2 }],
    },
    intake(),
  );
  expect(result).toEqual({
    ok: true,
    event: {
      id: 'e1',
      siteId: 'site_a',
      name: 'pageview',
      url: good.url,
      occurredAt: NOW - 1_000,
      receivedAt: NOW,
      referrer: 'https://search.example/',
      title: 'Mug',
      screen: [1440, 900],
      lang: 'de-DE',
      props: { plan: 'pro', count: '3', gift: 'true' },
      interactive: true,
      revenue: { amount: '12.34', currency: 'EUR' },
      order: 'A-1001',
      items: [{ sku: 'S1', name: 'Mug', category: 'Kitchen', price: '6.17', quantity: 2 }],
    },
  });
});

test.each([
  [' A-1 ', 'A-1'],
  [' \ufeffA-1\ufeff ', '\ufeffA-1\ufeff'],
  ['\t7\n', '7'],
  ['   ', undefined],
])('the order number %j is %s', (order, expected) => {
  const result = validateEvent({ ...good, name: 'purchase', order }, intake());
  expect(result.ok && result.event.order).toBe(expected);
});

test('U+FEFF belongs to every value that an event has', () => {
  const value = '\ufeffMug\ufeff';
  const sent = {
    ...good,
    id: value,
    name: value,
    title: value,
    props: { [value]: value },
    order: value,
    items: [{ sku: value, name: value, category: value, quantity: 1 }],
  };
  const result = validateEvent(sent, intake());
  const { ts: _, ...kept } = sent;
  expect(result).toMatchObject({ ok: true, event: kept });
  expect(rejectionReason({ ...good, name: '\ufeff' })).toBe('ok');
});

test.each([
  ['\ufeffhttps://shop.example/', 'https://shop.example/'],
  [' https://shop.example/a\ufeff ', 'https://shop.example/a\ufeff'],
])('the address %j is %j', (url, kept) => {
  const result = validateEvent({ ...good, url }, intake());
  expect(result.ok && result.event.url).toBe(kept);
});

test.each([
  ['https://shop.example/#/cart', undefined, 'https://shop.example/'],
  ['https://shop.example/#/cart', false, 'https://shop.example/'],
  ['https://shop.example/?a=1#token', null, 'https://shop.example/?a=1'],
  ['https://shop.example/#/cart', true, 'https://shop.example/#/cart'],
])('of the address %s, with hash %s, %s is taken', (url, hash, taken) => {
  const result = validateEvent({ ...good, url, hash }, intake());
  expect(result.ok && result.event.url).toBe(taken);
});

describe('engagement says when its page was viewed', () => {
  const engagement = { ...good, name: 'engagement', ts: NOW };
  const viewedAt = (more: object) => {
    const result = validateEvent({ ...engagement, ...more }, intake());
    return result.ok ? result.event.viewedAt : result.reason;
  };

  test.each([
    ['so long before it', { since_ms: 3 * HOUR, engaged_ms: 5_000 }, NOW - 3 * HOUR],
    ['two days before it', { since_ms: 48 * HOUR }, NOW - 48 * HOUR],
    ['longer ago than an event of a browser may be', { since_ms: 48 * HOUR + 1 }, 'too_old'],
    ['so long ago that it is too old with its own age', { ts: NOW - HOUR, since_ms: 48 * HOUR }, 'too_old'],
    ['before it was read, where an older tracker says no more', { engaged_ms: 5_000 }, NOW - 5_000],
    ['at its time, where it says nothing', {}, NOW],
    ['a part of a millisecond before', { since_ms: 1.4 }, NOW - 1],
    ['after it', { since_ms: -1 }, 'invalid_event'],
    ['at no time', { since_ms: 'long' }, 'invalid_event'],
  ])('%s', (_, more, at) => {
    expect(viewedAt(more)).toBe(at);
  });

  test('other events do not', () => {
    expect(viewedAt({ name: 'pageview', since_ms: 5_000 })).toBeUndefined();
    expect(viewedAt({ name: 'pageview', since_ms: 72 * HOUR })).toBeUndefined();
  });
});

describe('reasons', () => {
  test.each([
    [null, 'invalid_event'],
    ['pageview', 'invalid_event'],
    [[], 'invalid_event'],
    [{ ...good, screen: 'wide' }, 'invalid_event'],
    [{ ...good, id: 7 }, 'invalid_event'],
    [{ ...good, props: { nested: {} } }, 'invalid_event'],
    [{ ...good, scroll: 101 }, 'invalid_event'],
    [{ ...good, name: '' }, 'invalid_name'],
    [{ ...good, name: '   ' }, 'invalid_name'],
    [{ ...good, name: 7 }, 'invalid_name'],
    [{ ...good, name: 'x'.repeat(121) }, 'invalid_name'],
    [{ ...good, name: 'x'.repeat(120) }, 'ok'],
    [{ ...good, name: '😀'.repeat(120) }, 'ok'],
    [{ ...good, name: '😀'.repeat(121) }, 'invalid_name'],
    [{ ...good, url: undefined }, 'invalid_url'],
    [{ ...good, url: '/p/1' }, 'invalid_url'],
    [{ ...good, url: 'javascript:alert(1)' }, 'invalid_url'],
    [{ ...good, url: 'https://' }, 'invalid_url'],
    [{ ...good, ts: 'yesterday' }, 'invalid_timestamp'],
    [{ ...good, ts: Number.NaN }, 'invalid_timestamp'],
    [{ ...good, ts: 1e300 }, 'invalid_timestamp'],
    [{ ...good, ts: NOW + HOUR }, 'ok'],
    [{ ...good, ts: NOW + HOUR + 1 }, 'in_future'],
    [{ ...good, ts: NOW - 48 * HOUR }, 'ok'],
    [{ ...good, ts: NOW - 48 * HOUR - 1 }, 'too_old'],
    [
      { ...good, props: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`p${i}`, 1])) },
      'too_many_props',
    ],
    [{ ...good, props: Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`p${i}`, 1])) }, 'ok'],
    [{ ...good, props: { ['n'.repeat(301)]: 1 } }, 'prop_too_long'],
    [{ ...good, props: { n: 'v'.repeat(2_001) } }, 'prop_too_long'],
    [{ ...good, props: { ['😀'.repeat(300)]: '😀'.repeat(2_000) } }, 'ok'],
    [{ ...good, props: { n: `${'😀'.repeat(1_999)}vv` } }, 'prop_too_long'],
    [{ ...good, revenue: { amount: '12,34', currency: 'EUR' } }, 'invalid_revenue'],
    [{ ...good, revenue: 12 }, 'invalid_revenue'],
    [{ ...good, revenue: { amount: '1', currency: 'EURO' } }, 'unknown_currency'],
    [{ ...good, items: [{ sku: 'a', price: 'free' }] }, 'invalid_revenue'],
    [{ ...good, items: [{ sku: 'a', price: null, quantity: null }] }, 'ok'],
  ])('%j is %s from a browser', (input, reason) => {
    expect(rejectionReason(input)).toBe(reason);
  });

  test('a server may date an event back when it says who the visitor is', () => {
    const old = { ...good, ts: undefined, timestamp: '2025-01-01T00:00:00Z' };
    expect(rejectionReason(old, 'server')).toBe('visitor_required');
    expect(rejectionReason({ ...old, visitor: 'v1' }, 'server')).toBe('ok');
    expect(rejectionReason({ ...old, visitor: 'v1', timestamp: '2010-01-01' }, 'server')).toBe('too_old');
    for (const never of [
      '2025-02-29',
      '2025-02-30T00:00:00Z',
      '2025-04-31 10:00',
      '2025-13-01',
      '2025-00-10',
      '2025-01-00',
    ])
      expect(rejectionReason({ ...old, visitor: 'v1', timestamp: never }, 'server'), never).toBe(
        'invalid_timestamp',
      );
    expect(rejectionReason({ ...old, visitor: 'v1', timestamp: '2024-02-29T23:59:59Z' }, 'server')).toBe(
      'ok',
    );
  });

  test('a rejection names the event', () => {
    expect(validateEvent({ ...good, url: 'x' }, intake())).toMatchObject({
      ok: false,
      id: 'e1',
      reason: 'invalid_url',
    });
  });
});

test('what only a server may say is not heard from a browser', () => {
  const result = validateEvent(
    {
      ...good,
      visitor: 'v',
      ip: '1.2.3.4',
      user_agent: 'x',
      hints: { model: 'Pixel 8' },
      timestamp: '2020-01-01',
    },
    intake(),
  );
  expect(result).toMatchObject({ ok: true, event: { occurredAt: good.ts } });
  expect(result).not.toHaveProperty('event.hints');
  expect(result).not.toHaveProperty('event.statedVisitor');
  expect(result).not.toHaveProperty('event.statedIp');
  expect(result).not.toHaveProperty('event.userAgent');
});

test('NUL and lone surrogates leave the text, not the event', () => {
  const result = validateEvent({ ...good, name: 'a\0b', props: { 'k\0': `v\ud800` } }, intake());
  expect(result).toMatchObject({ ok: true, event: { name: 'ab', props: { k: 'v\ufffd' } } });
});

test('an event without time happened now, one without id gets one', () => {
  expect(validateEvent({ name: 'x', url: 'https://a.example/' }, intake())).toMatchObject({
    ok: true,
    event: { id: 'made-id', occurredAt: NOW },
  });
});

test('answers for any JSON whatsoever', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.record({
          name: fc.jsonValue(),
          url: fc.webUrl(),
          ts: fc.jsonValue(),
          props: fc.jsonValue(),
          revenue: fc.jsonValue(),
        }),
      ),
      (input) => {
        expect(validateEvent(input, intake())).toHaveProperty('ok');
      },
    ),
  );
});

test('an address whose host is longer than any is not taken: parsing one of 4,000 characters takes 160 ms, here and in the processor', () => {
  const host = Array.from({ length: 4_000 }, (_, n) => String.fromCodePoint(0x4e_00 + n)).join('');
  expect(rejectionReason({ ...good, url: `https://${host}/` })).toBe('invalid_url');
  expect(rejectionReason({ ...good, url: `https://${host.slice(0, 60)}.example/` })).toBe('ok');
  expect(rejectionReason({ ...good, url: `https://shop.example/${host.slice(0, 2_000)}` })).toBe('ok');
});
