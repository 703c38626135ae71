import { gzipSync } from 'node:zlib';
import type { RawEvent } from '@footfall/core/raw-event';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollector, type TestCollector } from './collector.fixture.ts';

const BODIES = 10_000;
const AT_ONCE = 32;
const SEED = 20_261_125;

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.stop());

const nested = fc.integer({ min: 1, max: 2_000 }).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`);
const bytes = fc.uint8Array({ maxLength: 400 }).map((said) => Buffer.from(said));
const half = fc
  .tuple(fc.jsonValue(), fc.nat(100))
  .map(([value, percent]) => JSON.stringify(value).slice(0, percent))
  .map((said) => Buffer.from(said));
const odd = fc.constantFrom<unknown>(
  JSON.parse('{"__proto__":{"name":"pageview"},"constructor":{"prototype":1}}'),
  '\0',
  '\ud800',
  'a'.repeat(5_000),
  1e308,
  -0,
  Number.MAX_SAFE_INTEGER,
  [[[[]]]],
  { toString: 'x', valueOf: null },
  'https://[::1',
  'https://a.example/\0?\u2028#\u202e',
);
const any = fc.oneof(fc.jsonValue(), odd);
const event = fc.record(
  {
    id: any,
    name: fc.oneof(any, fc.constant('pageview')),
    ts: fc.oneof(any, fc.double(), fc.bigInt().map(String)),
    url: fc.oneof(any, fc.webUrl()),
    props: fc.oneof(
      any,
      fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), any, { maxKeys: 40 }),
    ),
    revenue: fc.oneof(any, fc.record({ amount: any, currency: fc.oneof(any, fc.constant('EUR')) })),
    items: fc.oneof(any, fc.array(fc.record({ sku: any, price: any, quantity: any }, { requiredKeys: [] }))),
    screen: any,
    interactive: any,
    scroll: any,
    engaged_ms: any,
    visitor: any,
    user: any,
    ip: any,
    user_agent: any,
  },
  { requiredKeys: [] },
);

type Case = { body: Buffer; good: string[] };

/** Bodies of all sorts; every fourth or so is of the right shape, with a good event among strange ones. */
function cases(siteKey: string): Case[] {
  const strange = fc.oneof(
    bytes,
    half,
    nested.map((said) => Buffer.from(`{"site":"${siteKey}","events":${said}}`)),
    fc
      .record({ site: any, events: any }, { requiredKeys: [] })
      .map((said) => Buffer.from(JSON.stringify(said))),
  );
  const among = fc.tuple(fc.array(fc.oneof(event, any), { maxLength: 6 }), fc.nat(6));
  let made = 0;
  const one = fc.oneof(
    { weight: 3, arbitrary: strange.map((body): Case => ({ body, good: [] })) },
    {
      weight: 1,
      arbitrary: among.map(([others, place]): Case => {
        made += 1;
        const good = {
          id: `good-${made}`,
          name: 'pageview',
          url: 'https://shop.example/',
          props: { n: made },
        };
        const events = others.toSpliced(place, 0, good);
        return { body: Buffer.from(JSON.stringify({ site: siteKey, events })), good: [good.id] };
      }),
    },
  );
  return fc.sample(one, { numRuns: BODIES, seed: SEED });
}

const PATHS = ['/collect', '/v1/events', '/api/event', '/mp/collect', '/v1/batch'] as const;

test(`${BODIES} bodies of all sorts: none is a fault of ours, and no good event is lost`, async () => {
  const bodies = cases(collector.site.siteKey);
  const write = Buffer.from(`${collector.site.siteKey}:`).toString('base64');
  const faults: string[] = [];
  const statuses = new Set<number>();
  let next = 0;
  const sender = async () => {
    while (next < bodies.length) {
      const number = next;
      next += 1;
      const { body, good } = bodies[number] as Case;
      // Good events are of our own shape: they go where it is known.
      const path = PATHS[number % (good.length > 0 ? 2 : PATHS.length)] ?? '/collect';
      const isPacked = number % 7 === 0;
      const response = await fetch(`${collector.url}${path}`, {
        method: 'POST',
        body: new Uint8Array(isPacked ? gzipSync(body) : body),
        headers: {
          authorization: path === '/v1/batch' ? `Basic ${write}` : `Bearer ${collector.keys.ingest}`,
          ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
        },
      });
      const answer = await response.text();
      statuses.add(response.status);
      if (response.status >= 500) faults.push(`${number} ${path} ${response.status} ${answer}`);
      if (good.length > 0 && response.status !== 202)
        faults.push(`${number} ${path} refused a good event: ${answer}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  expect(faults).toEqual([]);
  expect(statuses.size).toBeGreaterThan(2);
  const logged = new Set((await collector.logged<RawEvent>('events')).map(({ id }) => id));
  const good = bodies.flatMap((one) => one.good);
  expect(good.length).toBeGreaterThan(BODIES / 8);
  expect(good.filter((id) => !logged.has(id))).toEqual([]);
}, 120_000);
