import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** Whom an attack can speak as: a stranger who has read both shops' site keys from their pages, and a tenant with a key of its own. */
export type Attacker = { apiKey: string; siteId: string; siteKey: string; domain: string; victimKey: string };

/** One request of an attack. */
export type Blow = {
  path: string;
  headers?: Record<string, string>;
  body: string | Buffer;
  /** Bytes that are sent at once, with a pause of so many milliseconds after each; default: all at once. */
  trickle?: { bytes: number; pauseMs: number };
};

/**
 * `connections`: as many send at the same time, each its next request as soon as the last was answered. `isFresh`: each request is another
 * one; else a few are sent again and again, since making them takes longer than sending them.
 */
export type Attack = {
  name: string;
  isFresh?: boolean;
  connections: number;
  blow: (attacker: Attacker, n: number) => Blow;
};

const MIB = 1024 * 1024;
const cjk = (length: number, from: number) =>
  Array.from({ length }, (_, n) => String.fromCodePoint(0x4e_00 + ((n * 7_919 + from) % 20_000))).join('');

const view = (more: object = {}) => ({
  id: randomUUID(),
  name: 'pageview',
  url: 'https://attacker.example/',
  ...more,
});
const many = (count: number, make: (n: number) => object) => Array.from({ length: count }, (_, n) => make(n));

const asServer = ({ apiKey, siteId }: Attacker, events: readonly object[]): Blow => ({
  path: '/v1/events',
  headers: { authorization: `Bearer ${apiKey}` },
  body: JSON.stringify({ site: siteId, events }),
});
const asBrowser = (site: string, events: readonly object[], headers: Record<string, string> = {}): Blow => ({
  path: '/collect',
  headers,
  body: JSON.stringify({ site, events }),
});
const asSegment = ({ siteKey }: Attacker, body: object): Blow => ({
  path: '/v1/batch',
  headers: { authorization: `Basic ${btoa(`${siteKey}:`)}` },
  body: JSON.stringify(body),
});

/** Fields without a meaning, as many as a body has room for. */
const junk = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 0]));

const PURCHASE = { name: 'purchase', revenue: { amount: '999999999999999.999999', currency: 'EUR' } };
const ITEM = {
  name: 'x'.repeat(500),
  category: 'y'.repeat(500),
  price: '999999999999999',
  quantity: 1_000_000,
};
const AGENT_WORDS = ['Presto ', 'Spider', 'ContextualBot', '24TV', 'aChrome/', ' a_b', 'Android 1; A'];

/** What a body may cost. */
const BODIES: readonly Attack[] = [
  {
    name: '5 MiB of brackets',
    connections: 16,
    blow: ({ apiKey, siteId }) => ({
      path: '/v1/events',
      headers: { authorization: `Bearer ${apiKey}` },
      body: `{"site":"${siteId}","events":[${'['.repeat(2.4 * MIB)}${']'.repeat(2.4 * MIB)}]}`,
    }),
  },
  {
    name: '5,000 page views a request',
    connections: 16,
    blow: (one) =>
      asServer(
        one,
        many(5_000, () => view()),
      ),
  },
  {
    name: '30 props of 2,000 characters, 40 events',
    connections: 16,
    blow: (one, n) =>
      asServer(
        one,
        many(40, (k) =>
          view({
            props: Object.fromEntries(
              many(30, (p) => ({ p })).map((_, p) => [`p${p}`, `${n}.${k}.${p}`.padEnd(2_000, '漢a')]),
            ),
          }),
        ),
      ),
  },
  {
    name: '5,000 events that are refused',
    connections: 16,
    blow: (one) =>
      asServer(
        one,
        many(5_000, () => ({ name: '', url: 'x' })),
      ),
  },
  {
    name: '10 bombs of gzip at once',
    connections: 10,
    blow: ({ apiKey }) => ({
      path: '/v1/events',
      headers: { authorization: `Bearer ${apiKey}`, 'content-encoding': 'gzip' },
      body: BOMB,
    }),
  },
  {
    name: 'bodies of 256 KiB that trickle, 200 of them',
    connections: 200,
    blow: ({ siteKey }) => ({
      ...asBrowser(siteKey, [view({ title: 'x'.repeat(250_000) })]),
      trickle: { bytes: 1_500, pauseMs: 500 },
    }),
  },
];

const BOMB = gzipSync(Buffer.alloc(200 * MIB));

/** What the parts of an event may cost. */
const EVENTS: readonly Attack[] = [
  {
    name: 'hosts of 4,000 characters',
    connections: 8,
    blow: ({ siteKey }, n) =>
      asBrowser(
        siteKey,
        many(12, (k) =>
          view({ url: `https://${cjk(4_000, n + k)}/`, referrer: `https://${cjk(1_900, n)}/` }),
        ),
      ),
  },
  {
    name: 'a domain of 80,000 characters, no key',
    connections: 4,
    blow: (_, n) => ({
      path: '/api/event',
      body: JSON.stringify({ name: 'pageview', url: 'https://a.example/', domain: cjk(80_000, n) }),
    }),
  },
  {
    name: 'user agents that cost most',
    connections: 8,
    blow: (one, n) =>
      asServer(
        one,
        many(1_000, (k) =>
          view({ user_agent: `${n} ${k} ${AGENT_WORDS[k % 7]?.repeat(400).slice(0, 1_950)}` }),
        ),
      ),
  },
  {
    name: 'patterns at their bound, paths of 4,000',
    connections: 8,
    blow: (one, n) =>
      asServer(
        one,
        many(1_000, (k) => view({ url: `https://attacker.example/${n}/${k}/${'a'.repeat(3_900)}` })),
      ),
  },
  {
    name: '2,000 parameters of campaigns',
    connections: 8,
    blow: (one, n) =>
      asServer(
        one,
        many(1_000, (k) =>
          view({ url: `https://attacker.example/?utm_source=${n}${k}.a-_a&${'ref&'.repeat(950)}` }),
        ),
      ),
  },
  {
    name: 'purchases of the largest amounts, 200 items',
    connections: 4,
    blow: (one, n) =>
      asServer(
        one,
        many(15, (k) =>
          view({
            ...PURCHASE,
            order: `${n}.${k}`,
            items: many(200, (i) => ({ ...ITEM, sku: `${n}.${k}.${i}` })),
          }),
        ),
      ),
  },
];

/** Names of what all messages share, as many as are taken: a few more, and the body is refused before it is read. */
const CONTEXT = 20_000;

/** What clients of other products may send. */
const DROP_INS: readonly Attack[] = [
  {
    name: 'Segment: 500 messages, one context of 20,000 names',
    connections: 4,
    blow: (one) =>
      asSegment(one, { batch: many(500, () => ({ type: 'track', event: 'x' })), context: junk(CONTEXT) }),
  },
  {
    name: 'Segment: the same in its page',
    connections: 4,
    blow: (one) =>
      asSegment(one, { batch: many(500, () => ({ type: 'page' })), context: { page: junk(CONTEXT) } }),
  },
  {
    name: 'GA4: 25 events, 60,000 user properties',
    connections: 4,
    blow: ({ apiKey, siteKey }) => ({
      path: `/mp/collect?measurement_id=${siteKey}&api_secret=${apiKey}`,
      body: JSON.stringify({
        client_id: 'c',
        user_properties: junk(60_000),
        events: many(25, () => ({ name: 'x' })),
      }),
    }),
  },
  {
    name: 'Plausible: 20 domains, props as text of brackets',
    connections: 8,
    blow: () => ({
      path: '/api/event',
      body: JSON.stringify({
        name: 'pageview',
        url: 'https://attacker.example/',
        domain: Array.from({ length: 20 }, () => 'attacker.example')
          .map((one, n) => `${'www.'.repeat(n % 2)}${one}`)
          .join(),
        props: `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      }),
    }),
  },
];

/** What many events do behind the collector. */
const FLOODS: readonly Attack[] = [
  {
    name: 'one visitor, events without end',
    isFresh: true,
    connections: 4,
    blow: (one) =>
      asServer(
        one,
        many(2_000, (k) => view({ visitor: 'one', ts: Date.now() - k })),
      ),
  },
  {
    name: 'a visitor an event',
    isFresh: true,
    connections: 4,
    blow: (one) =>
      asServer(
        one,
        many(2_000, () => view({ visitor: randomUUID() })),
      ),
  },
  {
    name: 'order numbers without end',
    isFresh: true,
    connections: 4,
    blow: (one) =>
      asServer(
        one,
        many(2_000, () => view({ name: 'purchase', order: randomUUID() })),
      ),
  },
  {
    name: 'days of the last ten years',
    isFresh: true,
    connections: 4,
    blow: (one, n) =>
      asServer(
        one,
        many(500, (k) =>
          view({ visitor: 'v', timestamp: Date.now() - ((n * 500 + k) % 3_600) * 86_400_000 }),
        ),
      ),
  },
  {
    name: 'engagement without end, pages made up',
    isFresh: true,
    connections: 4,
    blow: (one, n) =>
      asServer(
        one,
        many(2_000, (k) =>
          view({
            name: 'engagement',
            url: `https://attacker.example/${n}/${k}`,
            engaged_ms: 86_400_000,
            visitor: `${k}`,
          }),
        ),
      ),
  },
  {
    name: 'keys that nobody has',
    isFresh: true,
    connections: 64,
    blow: () => asBrowser(randomUUID(), [view()]),
  },
  {
    name: 'the site key of the other shop, as fast as can be',
    isFresh: true,
    connections: 64,
    blow: ({ victimKey }) =>
      asBrowser(victimKey, [view({ name: 'junk' })], {
        'x-forwarded-for': Array.from({ length: 500 }, (_, n) => `203.0.113.${n % 255}`).join(', '),
      }),
  },
];

/** Every attack; docs/security.md has what they did. */
export const ATTACKS: readonly Attack[] = [...BODIES, ...EVENTS, ...DROP_INS, ...FLOODS];
