import { gzipSync } from 'node:zlib';
import type { RawEvent } from '@footfall/core/raw-event';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCollector, type TestCollector } from '../collector.fixture.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.stop());

type Query = { measurement_id?: string; api_secret?: string };

function post(body: unknown, { path = '/mp/collect', query = {} }: { path?: string; query?: Query } = {}) {
  const keys = { measurement_id: collector.site.siteKey, api_secret: collector.keys.ingest };
  const said = Object.entries({ ...keys, ...query }).filter(([, value]) => value !== '');
  const address = `${collector.url}${path}?${new URLSearchParams(said)}`;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(address, { method: 'POST', body: text, headers: { 'content-type': 'application/json' } });
}
const debug = async (body: unknown, query: Query = {}) => {
  const response = await post(body, { path: '/debug/mp/collect', query });
  return { status: response.status, said: (await response.json()) as { validationMessages: unknown[] } };
};
const of = async (visitorsEvent: (event: RawEvent) => boolean) =>
  (await collector.logged<RawEvent>('events')).filter(visitorsEvent);

/** As Google documents it: https://developers.google.com/analytics/devguides/collection/protocol/ga4 */
const PURCHASE = {
  client_id: 'x.y',
  user_id: 'u-77',
  non_personalized_ads: false,
  events: [
    {
      name: 'purchase',
      params: {
        currency: 'USD',
        transaction_id: 'T_12345',
        value: 72.05,
        coupon: 'SUMMER_FUN',
        shipping: 3.33,
        tax: 1.11,
        session_id: '123',
        engagement_time_msec: 100,
        items: [
          {
            item_id: 'SKU_12345',
            item_name: 'Stan and Friends Tee',
            affiliation: 'Google Merchandise Store',
            discount: 2.22,
            index: 0,
            item_brand: 'Google',
            item_category: 'Apparel',
            item_category2: 'Adult',
            price: 10.01,
            quantity: 3,
          },
        ],
      },
    },
  ],
};

describe('POST /mp/collect', () => {
  test('takes a purchase as documented, and answers 204 when it is in the log', async () => {
    const response = await post(PURCHASE);
    expect([response.status, await response.text()]).toEqual([204, '']);
    const [event] = await of(({ order }) => order === 'T_12345');
    expect(event).toMatchObject({
      name: 'purchase',
      url: 'https://shop.example/',
      revenue: { amount: '72.05', currency: 'USD' },
      items: [
        { sku: 'SKU_12345', name: 'Stan and Friends Tee', category: 'Apparel', price: '10.01', quantity: 3 },
      ],
      props: { coupon: 'SUMMER_FUN', shipping: '3.33', tax: '1.11' },
      user: 'u-77',
    });
    expect(JSON.stringify(event)).not.toContain('x.y');
  });

  test('25 events of one client are one visitor, dated as they say', async () => {
    const at = Date.now() - 3_600_000;
    const events = Array.from({ length: 25 }, (_, index) => ({
      name: 'page_view',
      params: { page_location: `https://shop.example/ga4/${index}` },
      timestamp_micros: (at + index) * 1_000,
    }));
    expect((await post({ client_id: '25.1', events })).status).toBe(204);
    const taken = await of(({ url }) => url.includes('/ga4/'));
    expect(taken.map(({ occurredAt }) => occurredAt).toSorted((a, b) => a - b)).toEqual(
      events.map((_, index) => at + index),
    );
    expect(new Set(taken.map(({ visitor }) => visitor)).size).toBe(1);
    expect(new Set(taken.map(({ name }) => name))).toEqual(new Set(['pageview']));
  });

  test('what was refused is told, and stops no other', async () => {
    const response = await post({ client_id: 'c', events: [{ name: '' }, { name: 'sign_up' }, 7] });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({
      accepted: 1,
      rejected: [
        { index: 0, reason: 'invalid_name' },
        { index: 2, reason: 'invalid_event' },
      ],
    });
  });

  test.each([
    ['no site', { measurement_id: '' }, 400, 'invalid_query'],
    ['no key', { api_secret: '' }, 401, 'unauthorized'],
    ['a wrong key', { api_secret: 'ffk_wrong' }, 401, 'unauthorized'],
    ['a key with blanks', { api_secret: 'a b' }, 401, 'unauthorized'],
    ['an unknown site', { measurement_id: 'G-XXXX' }, 404, 'unknown_site'],
  ])('%s: refused as a whole, and it says why', async (_, query, status, code) => {
    const response = await post(PURCHASE, { query });
    expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
  });

  test('a key of another tenant, or without the scope, opens nothing', async () => {
    for (const api_secret of [collector.keys.foreign, collector.keys.stats])
      expect((await post(PURCHASE, { query: { api_secret } })).status).toBe(403);
  });

  test.each([
    ['no JSON', '{', 400, 'invalid_json'],
    ['no client', { events: [] }, 400, 'invalid_body'],
    ['no list', { client_id: 'c', events: {} }, 400, 'invalid_body'],
    ['26 events', { client_id: 'c', events: Array(26).fill({ name: 'x' }) }, 413, 'too_large'],
  ])('%s: refused as a whole', async (_, body, status, code) => {
    const response = await post(body);
    expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
  });

  test('a body may be packed', async () => {
    const { siteKey } = collector.site;
    const query = new URLSearchParams({ measurement_id: siteKey, api_secret: collector.keys.ingest });
    const response = await fetch(`${collector.url}/mp/collect?${query}`, {
      method: 'POST',
      body: gzipSync(JSON.stringify({ client_id: 'packed', events: [{ name: 'packed' }] })),
      headers: { 'content-encoding': 'gzip' },
    });
    expect(response.status).toBe(204);
    expect(await of(({ name }) => name === 'packed')).toHaveLength(1);
  });
});

describe('POST /debug/mp/collect', () => {
  test('says that all is well, and keeps nothing', async () => {
    const counts = () => Promise.all([collector.count('events'), collector.count('rejected')]);
    const before = await counts();
    expect(await debug(PURCHASE)).toEqual({ status: 200, said: { validationMessages: [] } });
    await debug({ client_id: 'c', events: [{ name: '' }] });
    expect(await counts()).toEqual(before);
  });

  test('says what is wrong with each event, in GA4’s words', async () => {
    const events = [
      { name: '' },
      { name: 'page_view', params: { page_location: 'nowhere' } },
      { name: 'purchase', params: { value: 'free' } },
      { name: 'purchase', params: { value: 1, currency: 'EURO' } },
      { name: 'x', timestamp_micros: (Date.now() + 7_200_000) * 1_000 },
    ];
    const { said } = await debug({ client_id: 'c', events });
    expect(said.validationMessages).toMatchObject([
      { fieldPath: 'events[0].name', validationCode: 'NAME_INVALID' },
      { fieldPath: 'events[1].params.page_location', validationCode: 'VALUE_INVALID' },
      { fieldPath: 'events[2].params.value', validationCode: 'VALUE_INVALID' },
      { fieldPath: 'events[3].params.currency', validationCode: 'VALUE_INVALID' },
      { fieldPath: 'events[4].timestamp_micros', validationCode: 'VALUE_OUT_OF_BOUNDS' },
    ]);
    for (const message of said.validationMessages)
      expect(message).toHaveProperty('description', expect.any(String));
  });

  test.each([
    [
      'the site',
      PURCHASE,
      { measurement_id: 'G-XXXX' },
      { fieldPath: 'measurement_id', validationCode: 'VALUE_INVALID' },
    ],
    [
      'the key',
      PURCHASE,
      { api_secret: 'wrong' },
      { fieldPath: 'api_secret', validationCode: 'VALUE_INVALID' },
    ],
    ['no client', { events: [] }, {}, { fieldPath: 'client_id', validationCode: 'VALUE_INVALID' }],
    [
      'too many events',
      { client_id: 'c', events: Array(26).fill({ name: 'x' }) },
      {},
      { fieldPath: 'events', validationCode: 'EXCEEDED_MAX_ENTITIES' },
    ],
    ['the body', '{', {}, { fieldPath: '', validationCode: 'VALUE_INVALID' }],
  ])('what a request would be refused for is a message, too: %s', async (_, body, query, message) => {
    expect(await debug(body, query)).toMatchObject({ status: 200, said: { validationMessages: [message] } });
  });

  test('a site that is switched off would take nothing', async () => {
    const { said } = await debug(PURCHASE, { measurement_id: collector.disabledSite.siteKey });
    expect(said.validationMessages).toMatchObject([{ fieldPath: 'measurement_id' }]);
  });
});
