import type { JsonObject } from '@footfall/core/json';
import { validateEvent } from '@footfall/core/validate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ga4Events } from './ga4.ts';
import { plausibleDomains, plausibleEvent } from './plausible.ts';
import { segmentEvents } from './segment.ts';

const NOW = Date.parse('2026-01-07T12:00:00Z');
const SITE = { domain: 'shop.example', currency: 'EUR' };
const INTAKE = { site: { id: 'site_a', retentionDays: 3_650 }, now: NOW, newId: () => 'made' };

const judged = (events: readonly unknown[], sender: 'browser' | 'server') =>
  events.map((event) => validateEvent(event, { ...INTAKE, sender }));

/** Numbers, texts and nests that break what did not expect them. */
const awkward = fc.constantFrom<unknown>(
  JSON.parse('{"__proto__":{"name":"x"},"constructor":{"prototype":1}}'),
  '\0',
  '\ud800',
  '__proto__',
  1e308,
  -1,
  0.1 + 0.2,
  '9'.repeat(400),
  'https://[::1',
  'https://shop.example/#\ud800',
  '2026-01-07T11:59:00Z',
  '[1,2',
  '{"a":1}',
  Array(300).fill({ item_id: 'a', sku: 'a' }),
  JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)),
  JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
);
const any = fc.oneof({ weight: 3, arbitrary: fc.jsonValue() }, { weight: 2, arbitrary: awkward });

/** Objects with a product's field names, of values that fit and that do not. */
function arbitraryShape(names: readonly string[], more: Record<string, fc.Arbitrary<unknown>> = {}) {
  const fields = Object.fromEntries(names.map((name) => [name, any]));
  return fc.record({ ...fields, ...more }, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;
}

const times = fc.constantFrom('2026-01-07T11:59:00Z', NOW, `${NOW}000`, NOW * 1_000);

const plausible = arbitraryShape(
  ['n', 'u', 'd', 'r', 'p', 'm', '$', 'i', 'h', 'sd', 'e', 'name', 'url', 'domain', 'props', 'revenue'],
  {
    n: fc.oneof(any, fc.constant('engagement')),
    $: fc.oneof(any, arbitraryShape(['amount', 'currency'])),
  },
);

const params = arbitraryShape(
  [
    'page_location',
    'page_title',
    'page_referrer',
    'language',
    'screen_resolution',
    'value',
    'currency',
    'transaction_id',
    'screen_name',
  ],
  {
    items: fc.oneof(
      any,
      fc.array(arbitraryShape(['item_id', 'item_name', 'price', 'quantity', 'item_category'])),
    ),
  },
);
const ga4Names = fc.constantFrom(
  'page_view',
  'purchase',
  'refund',
  'user_engagement',
  'scroll',
  'screen_view',
  'x',
);
const ga4Event = arbitraryShape([], {
  name: fc.oneof(any, ga4Names),
  params: fc.oneof(any, params),
  timestamp_micros: fc.oneof(any, times),
});
const ga4Body = arbitraryShape([
  'client_id',
  'user_id',
  'ip_override',
  'user_agent',
  'user_properties',
  'device',
  'timestamp_micros',
]);

const context = arbitraryShape(['ip', 'userAgent', 'locale', 'screen', 'page', 'campaign'], {
  page: fc.oneof(any, arbitraryShape(['url', 'path', 'title', 'referrer'])),
  campaign: fc.oneof(any, arbitraryShape(['name', 'source'])),
});
const properties = arbitraryShape(
  ['order_id', 'total', 'revenue', 'currency', 'url', 'path', 'sku', 'price', 'quantity', 'nonInteraction'],
  {
    products: fc.oneof(
      any,
      fc.array(arbitraryShape(['sku', 'product_id', 'price', 'quantity', 'name', 'category'])),
    ),
  },
);
const message = arbitraryShape(['messageId', 'anonymousId', 'userId', 'name', 'category'], {
  type: fc.oneof(any, fc.constantFrom('track', 'page', 'screen', 'identify')),
  event: fc.oneof(
    any,
    fc.constantFrom('Order Completed', 'Order Refunded', 'Product Viewed', 'Checkout Started', 'x'),
  ),
  timestamp: fc.oneof(any, times),
  originalTimestamp: fc.oneof(any, times),
  sentAt: fc.oneof(any, times),
  context: fc.oneof(any, context),
  properties: fc.oneof(any, properties),
});

describe('whatever is sent, each event is judged, and none is lost on the way', () => {
  test('to Plausible’s endpoint', () => {
    fc.assert(
      fc.property(plausible, (body) => {
        expect(plausibleDomains(body)).toBeInstanceOf(Array);
        expect(judged([plausibleEvent(body, SITE)], 'browser')[0]).toHaveProperty('ok');
      }),
      { numRuns: 500 },
    );
  });

  test('to GA4’s', () => {
    fc.assert(
      fc.property(ga4Body, fc.array(fc.oneof(any, ga4Event)), (body, events) => {
        expect(judged([...ga4Events(events, { body, site: SITE, now: NOW })], 'server')).toHaveLength(
          events.length,
        );
      }),
      { numRuns: 500 },
    );
  });

  test('to Segment’s', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(any, message)), any, (messages, sentAt) => {
        const placed = [...segmentEvents(messages, { site: SITE, now: NOW, sentAt })];
        const counted = messages.filter((said) => (said as { type?: unknown } | null)?.type !== 'identify');
        expect(placed.length).toBe(counted.length);
        expect(
          judged(
            placed.map(({ event }) => event),
            'server',
          ),
        ).toHaveLength(placed.length);
      }),
      { numRuns: 500 },
    );
  });

  test('what says what it must say as it should is taken, whatever else it says', () => {
    const track = {
      type: 'track',
      event: 'Signup',
      anonymousId: 'a',
      context: { page: { url: 'https://shop.example/' } },
    };
    fc.assert(
      fc.property(fc.dictionary(fc.string(), any), any, any, (props, odd, other) => {
        const said = {
          ...track,
          context: { ...track.context, screen: odd, locale: other, ip: odd, userAgent: other },
        };
        const { revenue: _money, ...harmless } = props;
        const message = { ...said, properties: { ...harmless, products: odd } };
        const segment = [...segmentEvents([message], { site: SITE, now: NOW })];
        const request = {
          body: { client_id: 'c', device: odd, user_properties: other },
          site: SITE,
          now: NOW,
        };
        const ga4 = ga4Events(
          [{ name: 'purchase', params: { items: odd, language: other, more: props } }],
          request,
        );
        const own = plausibleEvent(
          { n: 'Signup', u: 'https://shop.example/', r: odd, p: props, i: other, w: odd },
          SITE,
        );
        expect(judged([...segment.map(({ event }) => event), ...ga4], 'server')).toMatchObject([
          { ok: true },
          { ok: true },
        ]);
        expect(judged([own], 'browser')).toMatchObject([{ ok: true }]);
      }),
      { numRuns: 500 },
    );
  });
});
