import type { RawEvent } from '@footfall/core/raw-event';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGENT, startCollector, type TestCollector } from '../collector.fixture.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.stop());

const FIELDS = {
  '/api/event': ['n', 'u', 'd', 'p', '$', 'r', 'i', 'sd', 'e', 'h', 'domain', 'props', 'revenue'],
  '/mp/collect': ['client_id', 'events', 'user_properties', 'device', 'timestamp_micros', 'user_id'],
  '/debug/mp/collect': ['client_id', 'events', 'user_properties', 'device', 'timestamp_micros'],
  '/v1/batch': ['batch', 'writeKey', 'sentAt', 'context'],
  '/v1/track': ['event', 'properties', 'context', 'timestamp', 'anonymousId', 'messageId'],
  '/v1/page': ['name', 'properties', 'context', 'timestamp', 'sentAt'],
} as const;
type Endpoint = keyof typeof FIELDS;

const awkward = fc.constantFrom<unknown>(
  JSON.parse('{"__proto__":{"name":"x"},"constructor":{"prototype":{"a":1}}}'),
  [
    {
      name: 'purchase',
      params: { items: [{ item_id: '\0', price: 1e308 }], value: '9'.repeat(400), currency: '\0' },
    },
  ],
  [{ type: 'track', event: 'Order Completed', properties: { total: -1, products: [[], null, { sku: {} }] } }],
  [{ type: '__proto__' }, null, 7, 'track', [{}]],
  'shop.example',
  'a\0b.example,\ud800.example,[::1],..,%00',
  'https://shop.example/\0\ud800',
  '\0',
  1e308,
  Array(30).fill({}),
);
const arbitraryBody = (endpoint: Endpoint) => {
  const value = fc.oneof(fc.jsonValue(), awkward);
  const fields = Object.fromEntries(FIELDS[endpoint].map((name) => [name, value]));
  const shaped = fc.record(fields, { requiredKeys: [] }).map((body) => JSON.stringify(body));
  const deep = fc.constantFrom(
    '['.repeat(50_000),
    `{"events":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    `{"batch":[${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}]}`,
    '{"__proto__":{"domain":"shop.example"}}',
  );
  return fc.oneof({ weight: 6, arbitrary: shaped }, fc.string({ unit: 'binary' }), deep);
};

function send(endpoint: string, body: string): Promise<Response> {
  const { siteKey } = collector.site;
  const query = new URLSearchParams({ measurement_id: siteKey, api_secret: collector.keys.ingest });
  const headers = { 'user-agent': AGENT, authorization: `Basic ${btoa(`${siteKey}:`)}` };
  return fetch(`${collector.url}${endpoint}?${query}`, { method: 'POST', body, headers });
}

test.each(Object.keys(FIELDS) as Endpoint[])('no body at %s is a fault of ours', async (endpoint) => {
  await fc.assert(
    fc.asyncProperty(arbitraryBody(endpoint), async (body) => {
      const response = await send(endpoint, body);
      expect(response.status).toBeLessThan(500);
      const text = await response.text();
      expect(text).not.toMatch(/\bat .*\.ts|Error:/);
    }),
    { numRuns: 200 },
  );
});

test.each([
  'Basic',
  'Basic ',
  'Basic !!!',
  'Basic AA==',
  `Basic ${btoa('\0:')}`,
  `Basic ${btoa('x'.repeat(5_000))}`,
  'Bearer x',
])('authorization %j is refused, as any that names no site', async (authorization) => {
  const response = await fetch(`${collector.url}/v1/track`, {
    method: 'POST',
    body: '{}',
    headers: { authorization },
  });
  expect([401, 404]).toContain(response.status);
});

const sent: string[] = [];

test('good events between strange ones are kept, at every endpoint', async () => {
  const ids: string[] = Array.from({ length: 40 }, () => crypto.randomUUID());
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ids),
      fc.array(fc.oneof(fc.jsonValue(), awkward), { maxLength: 10 }),
      async (id, others) => {
        const messages = others.toSpliced(others.length >> 1, 0, {
          type: 'track',
          event: id,
          messageId: id,
          anonymousId: 'a',
        });
        const events = others.toSpliced(others.length >> 1, 0, { name: id });
        expect((await send('/v1/batch', JSON.stringify({ batch: messages }))).status).toBe(200);
        const hit = await send('/mp/collect', JSON.stringify({ client_id: 'c', events }));
        expect([202, 204]).toContain(hit.status);
        const view = {
          n: id,
          u: 'https://shop.example/',
          d: 'shop.example',
          p: others,
          r: others[0],
          e: others,
        };
        expect((await send('/api/event', JSON.stringify(view))).status).toBe(202);
        sent.push(id, id, id);
      },
    ),
    { numRuns: 100 },
  );
  const names = (await collector.logged<RawEvent>('events'))
    .map(({ name }) => name)
    .filter((name) => ids.includes(name));
  expect(names.toSorted()).toEqual(sent.toSorted());
});
