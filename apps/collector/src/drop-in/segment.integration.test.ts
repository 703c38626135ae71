import { gzipSync } from 'node:zlib';
import type { RawEvent } from '@footfall/core/raw-event';
import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGENT, startCollector, type TestCollector } from '../collector.fixture.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.stop());

type Settings = Partial<ConstructorParameters<typeof Analytics>[0]>;

/** Segment's library as a merchant has it, but for its host; `failed` fills with what it could not deliver. */
function library(settings: Settings = {}) {
  const analytics = new Analytics({ writeKey: collector.site.siteKey, host: collector.url, ...settings });
  const failed: unknown[] = [];
  analytics.on('error', (error) => failed.push(error));
  return { analytics, failed };
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(collector.url + path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'user-agent': AGENT, ...headers },
  });
const basic = (key = collector.site.siteKey) => ({ authorization: `Basic ${btoa(`${key}:`)}` });
const server = () => ({
  authorization: `Basic ${btoa(`${collector.site.siteKey}:${collector.keys.ingest}`)}`,
});
const logged = async (name: string) =>
  (await collector.logged<RawEvent>('events')).filter((event) => event.name === name);
const postBatch = (batch: unknown, more: object = {}) => post('/v1/batch', { batch, ...more }, basic());
const track = (event: string, more: object = {}) => ({ type: 'track', event, anonymousId: 'a', ...more });

describe('@segment/analytics-node', () => {
  test('a thousand events and all else that it sends: nothing is lost', async () => {
    const { analytics, failed } = library({ flushAt: 25 });
    for (let index = 0; index < 1_000; index += 1) {
      analytics.track({ anonymousId: `a${index % 10}`, event: 'Thousand', properties: { index } });
    }
    analytics.identify({ userId: 'u-1', traits: { email: 'somebody@shop.example' } });
    analytics.group({ userId: 'u-1', groupId: 'g-1' });
    analytics.alias({ userId: 'u-1', previousId: 'a1' });
    await analytics.flush({ close: true });
    expect(failed).toEqual([]);
    const events = await logged('Thousand');
    expect(new Set(events.map(({ props }) => props?.index)).size).toBe(1_000);
    expect(events).toHaveLength(1_000);
    expect(new Set(events.map(({ visitor }) => visitor)).size).toBe(10);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1_000);
    expect(JSON.stringify(await collector.logged('events'))).not.toContain('somebody@');
  });

  test('an order, its page and its refund, on the page and of the customer that they name', async () => {
    const writeKey = `${collector.site.siteKey}:${collector.keys.ingest}`;
    const { analytics, failed } = library({ writeKey });
    const context = {
      page: { url: 'https://shop.example/checkout', title: 'Checkout' },
      locale: 'de-DE',
      ip: '203.0.113.5',
    };
    const products = [{ product_id: 'S1', name: 'Mug', price: 6.17, quantity: 2 }];
    const who = { anonymousId: 'buyer', userId: 'customer-7' };
    analytics.page({ ...who, name: 'Checkout', properties: { url: 'https://shop.example/checkout' } });
    analytics.track({
      ...who,
      context,
      event: 'Order Completed',
      properties: { order_id: 'A-1', total: 0.1 + 0.2, currency: 'EUR', products },
    });
    analytics.track({
      ...who,
      context,
      event: 'Order Refunded',
      properties: { order_id: 'A-1', total: 0.1, currency: 'EUR' },
    });
    analytics.screen({ ...who, name: 'Thanks' });
    await analytics.flush({ close: true });
    expect(failed).toEqual([]);
    const [[purchase], [refund], views] = [
      await logged('purchase'),
      await logged('refund'),
      await logged('pageview'),
    ];
    expect(purchase).toMatchObject({
      url: context.page.url,
      title: 'Checkout',
      lang: 'de-DE',
      ip: '203.0.113.0',
      order: 'A-1',
      revenue: { amount: '0.3', currency: 'EUR' },
      items: [{ sku: 'S1', name: 'Mug', price: '6.17', quantity: 2 }],
      user: 'customer-7',
    });
    expect(refund).toMatchObject({
      order: 'A-1',
      revenue: { amount: '0.1', currency: 'EUR' },
      visitor: purchase?.visitor,
    });
    expect(views.map(({ url }) => url).toSorted()).toEqual([
      'https://shop.example/checkout',
      'https://shop.example/screen/Thanks',
    ]);
  });

  test('a retry is the same event again: id, visitor and time', async () => {
    let lost = 0;
    const { url: host } = await collector.serve({
      log: {
        append: async (records) => {
          await collector.log.append(records);
          lost += 1;
          // It is in the log, but the sender never hears of it.
          if (lost <= 2) throw new Error('the answer was lost');
        },
      },
    });
    const { analytics, failed } = library({ host });
    for (const place of [1, 2, 3])
      analytics.track({ anonymousId: 'r', event: 'Retried', properties: { place } });
    await analytics.flush({ close: true });
    expect(failed).toEqual([]);
    const events = await logged('Retried');
    expect(events).toHaveLength(9);
    const said = events.map(({ id, visitor, occurredAt, props }) =>
      JSON.stringify([id, visitor, occurredAt, props]),
    );
    expect(new Set(said).size).toBe(3);
  });

  test('packed with gzip', async () => {
    const httpClient: Settings['httpClient'] = (address, init) =>
      fetch(String(address), {
        ...(init as RequestInit),
        body: gzipSync(String(init?.body)),
        headers: { ...(init?.headers as Record<string, string>), 'content-encoding': 'gzip' },
      });
    const { analytics, failed } = library({ httpClient });
    analytics.track({ anonymousId: 'a', event: 'Packed' });
    await analytics.flush({ close: true });
    expect([failed, await logged('Packed')]).toMatchObject([[], [{ name: 'Packed' }]]);
  });

  test('a wrong key is told', async () => {
    const { analytics, failed } = library({ writeKey: 'ff_nobody' });
    analytics.track({ anonymousId: 'a', event: 'x' });
    await analytics.flush({ close: true });
    expect(failed).toHaveLength(1);
  });
});

describe('the HTTP API', () => {
  test.each(['track', 'page', 'screen', 'identify', 'alias', 'group', 't', 'p', 's', 'i', 'a', 'g'])(
    '/v1/%s is taken',
    async (path) => {
      const response = await post(
        `/v1/${path}`,
        { anonymousId: 'a', event: 'x', messageId: `one-${path}` },
        basic(),
      );
      expect([response.status, await response.json()]).toEqual([200, { success: true }]);
      const isEvent = ['track', 'page', 'screen', 't', 'p', 's'].includes(path);
      const ids = (await collector.logged<RawEvent>('events')).map(({ id }) => id);
      expect(ids.includes(`one-${path}`)).toBe(isEvent);
    },
  );

  test.each(['batch', 'import', 'b'])('/v1/%s takes messages of every kind', async (path) => {
    const batch = [track(`By ${path}`), { type: 'identify', userId: 'u' }];
    const response = await post(`/v1/${path}`, { batch }, basic());
    expect([response.status, await response.json()]).toEqual([200, { success: true }]);
    expect(await logged(`By ${path}`)).toHaveLength(1);
  });

  test('what was refused is told by its place in the batch, and stops no other', async () => {
    const batch = [
      { type: 'identify' },
      { type: 'identify' },
      track(''),
      track('Between'),
      7,
      { type: 'delete', messageId: 'm' },
    ];
    const response = await postBatch(batch);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      success: false,
      rejected: [
        { index: 2, reason: 'invalid_name' },
        { index: 4, reason: 'invalid_event' },
        { index: 5, id: 'm', reason: 'invalid_name' },
      ],
    });
    expect(await logged('Between')).toHaveLength(1);
  });

  test('a browser says in its body whose site it is, and is known by its own address', async () => {
    const body = { ...track('From a page'), writeKey: collector.site.siteKey };
    const origin = {
      origin: 'https://shop.example',
      'x-forwarded-for': '198.51.100.7',
      'content-type': 'text/plain',
    };
    expect((await post('/v1/t', body, origin)).status).toBe(200);
    expect(await logged('From a page')).toMatchObject([{ ip: '198.51.100.0', userAgent: AGENT }]);
    expect(
      (await post('/v1/t', { ...body, event: 'From a server' }, { 'x-forwarded-for': '198.51.100.7' }))
        .status,
    ).toBe(200);
    const [fromServer] = await logged('From a server');
    expect(fromServer?.ip).toBe('198.51.100.0');
    // The agent of a program is not its customers'.
    expect(fromServer).not.toHaveProperty('userAgent');
  });

  test('only pages that a site lists may send, when it lists any', async () => {
    const body = { ...track('x'), writeKey: collector.choosySite.siteKey };
    expect((await post('/v1/t', body, { origin: 'https://shop.example' })).status).toBe(200);
    expect((await post('/v1/t', body, { origin: 'https://evil.example' })).status).toBe(403);
  });

  test.each([
    ['no key', '/v1/track', {}, {}, 401, 'unauthorized'],
    ['a key that is not text', '/v1/track', { writeKey: 7 }, {}, 401, 'unauthorized'],
    [
      'an unknown key',
      '/v1/track',
      {},
      { authorization: `Basic ${btoa('ff_nobody:')}` },
      404,
      'unknown_site',
    ],
    ['an unknown key in the body', '/v1/track', { writeKey: 'ff_nobody' }, {}, 404, 'unknown_site'],
    ['no JSON', '/v1/track', '{', {}, 400, 'invalid_json'],
    ['no object', '/v1/track', '[]', {}, 400, 'invalid_body'],
    ['more than 512 KiB of nobody', '/v1/track', ' '.repeat(600_000), {}, 413, 'too_large'],
  ])('%s: refused as a whole', async (_, path, body, headers, status, code) => {
    const response = await post(path, body, headers);
    expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
  });

  test('with the site key alone a batch is a list of at most 500, in 512 KiB', async () => {
    expect((await postBatch(Array(501).fill(track('Few')))).status).toBe(413);
    expect((await postBatch([track('x', { properties: { long: 'x'.repeat(600_000) } })])).status).toBe(413);
    expect(await (await postBatch(Array(500).fill(track('Few')))).json()).toEqual({ success: true });
  });

  test('with an API key a batch is a list of at most 5,000, in 5 MiB', async () => {
    const postBatch = (batch: unknown) => post('/v1/batch', { batch }, server());
    expect((await postBatch({})).status).toBe(400);
    expect((await postBatch(Array(5_001).fill(track('Many')))).status).toBe(413);
    expect(
      (await postBatch([track('x', { properties: { long: 'x'.repeat(5 * 1024 * 1024) } })])).status,
    ).toBe(413);
    const many = Array.from({ length: 5_000 }, () => track('Many'));
    expect(await (await postBatch(many)).json()).toEqual({ success: true });
    expect(await collector.count('events')).toBeGreaterThanOrEqual(5_000);
  });

  test('a clock that is an hour ahead does not date events into the future', async () => {
    const ahead = new Date(Date.now() + 3_600_000 + 1_000).toISOString();
    await postBatch([track('Ahead', { timestamp: ahead })], { sentAt: ahead });
    const [event] = await logged('Ahead');
    expect(Math.abs((event?.occurredAt ?? 0) - (event?.receivedAt ?? 0))).toBeLessThanOrEqual(60_000);
  });
});
