import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { RawEvent } from '@footfall/core/raw-event';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGENT, startCollector, type TestCollector, type TestSite } from './collector.fixture.ts';

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.stop());

type Headers = Record<string, string>;

const view = (more: object = {}) => ({
  id: crypto.randomUUID(),
  name: 'pageview',
  url: 'https://shop.example/p/1',
  ...more,
});
const post = (path: string, body: string | Buffer<ArrayBuffer>, headers: Headers = {}) =>
  fetch(collector.url + path, { method: 'POST', body, headers: { 'user-agent': AGENT, ...headers } });
const collect = (events: unknown, headers: Headers = {}, site: TestSite = collector.site) =>
  post('/collect', JSON.stringify({ site: site.siteKey, events }), {
    'content-type': 'text/plain',
    ...headers,
  });
const serverSend = (events: unknown, key = collector.keys.ingest, site = collector.site.id) =>
  post('/v1/events', JSON.stringify({ site, events }), { authorization: `Bearer ${key}` });
const readErrorCode = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;

describe('POST /collect', () => {
  test('answers 202 when the events are in the log, each refusal by index, id and reason', async () => {
    const [good, bad] = [view(), view({ url: 'nowhere' })];
    const response = await collect([good, bad]);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      202,
      'application/json; charset=utf-8',
    ]);
    expect(await response.json()).toEqual({
      accepted: 1,
      rejected: [{ index: 1, id: bad.id, reason: 'invalid_url', message: expect.stringContaining('url') }],
    });
    expect((await collector.logged<RawEvent>('events')).map(({ id }) => id)).toContain(good.id);
    expect(await collector.logged('rejected')).toContainEqual(
      expect.objectContaining({ id: bad.id, reason: 'invalid_url', siteId: collector.site.id }),
    );
  });

  test.each([
    'application/json',
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
  ])('takes JSON that comes as %s', async (contentType) => {
    expect((await collect([view()], { 'content-type': contentType })).status).toBe(202);
  });

  test('no events are taken as none', async () => {
    expect(await (await collect([])).json()).toEqual({ accepted: 0, rejected: [] });
  });

  test('takes 500 events', async () => {
    const response = await collect(Array.from({ length: 500 }, () => view()));
    expect(await response.json()).toEqual({ accepted: 500, rejected: [] });
  });

  test('the same address and agent are one visitor; another of either is another', async () => {
    const events = [view(), view(), view(), view()];
    await collect([events[0]], { 'x-forwarded-for': '203.0.113.1' });
    await collect([events[1]], { 'x-forwarded-for': '203.0.113.1' });
    await collect([events[2]], { 'x-forwarded-for': '203.0.113.2' });
    await collect([events[3]], { 'x-forwarded-for': '203.0.113.1', 'user-agent': 'Other' });
    const all = await collector.logged<RawEvent>('events');
    const visitors = events.map((event) => all.find(({ id }) => id === event.id)?.visitor);
    expect(visitors[0]).toBe(visitors[1]);
    expect(new Set(visitors).size).toBe(3);
  });

  test.each([
    ['an empty body', '', 400, 'invalid_json', undefined],
    ['not JSON', '{', 400, 'invalid_json', undefined],
    ['no object', '[]', 400, 'invalid_body', undefined],
    ['no site', '{"events":[]}', 400, 'invalid_body', 'site'],
    ['no list', '{"site":"x","events":{}}', 400, 'invalid_body', 'events'],
    ['an unknown site', '{"site":"ff_nobody","events":[]}', 404, 'unknown_site', 'site'],
    [
      'a site that no database would look for',
      '{"site":"a\\u0000b","events":[]}',
      404,
      'unknown_site',
      'site',
    ],
    [
      'a site as long as a book',
      JSON.stringify({ site: 'x'.repeat(200_000), events: [] }),
      404,
      'unknown_site',
      'site',
    ],
    ['501 events', JSON.stringify({ site: 'x', events: Array(501).fill({}) }), 413, 'too_large', 'events'],
    ['more than 256 KiB', `{"site":"${'x'.repeat(256 * 1024)}"}`, 413, 'too_large', undefined],
    ['much more than 256 KiB', ' '.repeat(20 * 1024 * 1024), 413, 'too_large', undefined],
  ])(
    '%s is refused as a whole, by code and place, and the page can read it',
    async (_, body, status, code, path) => {
      const response = await post('/collect', body);
      expect(response.status).toBe(status);
      const { error } = (await response.json()) as {
        error: { code: string; message: string; path?: string };
      };
      expect({ code: error.code, path: error.path }).toEqual({ code, path });
      expect(error.message).not.toMatch(/\bat .*\.ts|Error:/);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    },
  );

  test('a page may ask first whether it may send', async () => {
    const response = await fetch(`${collector.url}/collect`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(response.headers.get('access-control-allow-headers')).toContain('content-type');
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
  });

  test('only the origins that a site lists may send, when it lists any', async () => {
    const send = (headers: Headers) => collect([view()], headers, collector.choosySite);
    expect((await send({ origin: 'https://shop.example' })).status).toBe(202);
    expect((await send({ origin: 'https://de.shop.example' })).status).toBe(202);
    expect((await send({})).status).toBe(202);
    const refused = await send({ origin: 'https://evil.example' });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, '*']);
    expect(await readErrorCode(refused)).toBe('origin_not_allowed');
    expect((await collect([view()], { origin: 'https://evil.example' })).status).toBe(202);
  });

  test('a site that is switched off receives, and refuses each event', async () => {
    const { disabledSite } = collector;
    const response = await collect([view(), view({ name: '' })], {}, disabledSite);
    const refused = { reason: 'site_disabled' };
    expect(await response.json()).toMatchObject({ accepted: 0, rejected: [refused, refused] });
    expect(await collector.count('rejected', disabledSite.id)).toBe(2);
  });
});

describe('POST /v1/events', () => {
  test('takes the past, stated visitors, addresses and agents', async () => {
    const said = {
      timestamp: '2025-06-01T12:00:00Z',
      visitor: 'customer-1',
      ip: '203.0.113.5',
      user_agent: 'Shop app',
    };
    expect(await (await serverSend([view({ id: 'order-77', ...said })])).json()).toEqual({
      accepted: 1,
      rejected: [],
    });
    const found = (await collector.logged<RawEvent>('events')).find((event) => event.id === 'order-77');
    expect(found).toMatchObject({
      occurredAt: Date.parse('2025-06-01T12:00:00Z'),
      ip: '203.0.113.0',
      userAgent: 'Shop app',
    });
    expect(JSON.stringify(found)).not.toContain('customer-1');
  });

  test('takes a site by its key, too, and 5,000 events', async () => {
    const events = Array.from({ length: 5_000 }, () => view({ visitor: 'c' }));
    const response = await serverSend(events, collector.keys.ingest, collector.site.siteKey);
    expect(await response.json()).toEqual({ accepted: 5_000, rejected: [] });
    expect((await serverSend([...events, view()])).status).toBe(413);
  });

  test('an old event without a visitor is refused by name', async () => {
    const response = await serverSend([view({ timestamp: '2025-06-01T12:00:00Z' })]);
    expect(await response.json()).toMatchObject({ accepted: 0, rejected: [{ reason: 'visitor_required' }] });
  });

  test('takes gzip, and no bomb', async () => {
    const headers = { authorization: `Bearer ${collector.keys.ingest}`, 'content-encoding': 'gzip' };
    const packed = (body: string) => post('/v1/events', Buffer.from(gzipSync(body)), headers);
    expect((await packed(JSON.stringify({ site: collector.site.siteKey, events: [view()] }))).status).toBe(
      202,
    );
    expect((await packed(' '.repeat(50_000_000))).status).toBe(413);
    expect((await post('/v1/events', 'not gzip', headers)).status).toBe(400);
    expect((await post('/v1/events', '{}', { ...headers, 'content-encoding': 'lzma' })).status).toBe(415);
  });

  test('no key, a wrong key, a key without the scope, a key of another tenant, no such site', async () => {
    const { keys } = collector;
    const refusals = [
      await post('/v1/events', '{}'),
      await post('/v1/events', '{}', { authorization: 'Basic abc' }),
      await serverSend([view()], 'ffk_wrong'),
      await serverSend([view()], keys.stats),
      await serverSend([view()], keys.foreign),
      await serverSend([view()], keys.ingest, 'site_nowhere'),
    ];
    expect(
      await Promise.all(refusals.map(async (refusal) => [refusal.status, await readErrorCode(refusal)])),
    ).toEqual([
      [401, 'unauthorized'],
      [401, 'unauthorized'],
      [401, 'unauthorized'],
      [403, 'forbidden'],
      [403, 'forbidden'],
      [404, 'unknown_site'],
    ]);
  });

  test('whoever is refused while it still sends 5 MiB hears why', async () => {
    const response = await post('/v1/events', 'x'.repeat(5 * 1024 * 1024), { authorization: 'Bearer wrong' });
    expect(response.status).toBe(401);
  });
});

describe('GET /pixel.gif', () => {
  const pixel = (query: string, headers: Headers = {}) =>
    fetch(`${collector.url}/pixel.gif?${query}`, { headers: { 'user-agent': AGENT, ...headers } });

  test('counts a page view of the page it stands in', async () => {
    const referer = 'https://shop.example/no-script';
    const response = await pixel(`site=${collector.site.siteKey}&t=No%20script`, { referer });
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('cache-control'),
    ]).toEqual([200, 'image/gif', 'no-store']);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 10)).toEqual(Buffer.from('GIF89a\x01\0\x01\0', 'latin1'));
    const found = (await collector.logged<RawEvent>('events')).find(({ url }) => url === referer);
    expect(found).toMatchObject({ name: 'pageview', title: 'No script', userAgent: AGENT });
  });

  test('is an image even when the page view is refused, and that is on the ledger', async () => {
    const before = await collector.count('rejected');
    expect((await pixel(`site=${collector.site.siteKey}`)).status).toBe(200);
    expect(await collector.count('rejected')).toBe(before + 1);
  });

  test('says what is wrong with its address', async () => {
    const answers = [await pixel(''), await pixel('site=ff_nobody')];
    expect(
      await Promise.all(answers.map(async (answer) => [answer.status, await readErrorCode(answer)])),
    ).toEqual([
      [400, 'invalid_query'],
      [404, 'unknown_site'],
    ]);
  });

  test('keeps to the origins of the site, as scripts do', async () => {
    const { siteKey } = collector.choosySite;
    expect((await pixel(`site=${siteKey}`, { referer: 'https://evil.example/x' })).status).toBe(403);
    expect((await pixel(`site=${siteKey}`, { referer: 'https://shop.example/x' })).status).toBe(200);
  });
});

describe('GET /a.js', () => {
  const script = (headers: Headers = {}) => fetch(`${collector.url}/a.js`, { headers });

  test('is cached, compressed and revalidated', async () => {
    for (const encoding of ['br', 'gzip']) {
      const response = await script({ 'accept-encoding': encoding });
      expect([await response.text(), response.headers.get('content-encoding')]).toEqual([
        'track()',
        encoding,
      ]);
      expect(response.headers.get('cache-control')).toMatch(/^public, max-age=3600/);
      expect(response.headers.get('vary')).toBe('accept-encoding');
    }
    const plain = await script({ 'accept-encoding': 'identity' });
    expect([await plain.text(), plain.headers.get('content-encoding')]).toEqual(['track()', null]);
    const tag = plain.headers.get('etag') ?? '';
    const again = await script({ 'if-none-match': `"other", ${tag}` });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, '']);
  });

  test('with parts is one script, whatever their order', async () => {
    const variant = (path: string, headers: Headers = {}) => fetch(collector.url + path, { headers });
    const first = await variant('/a.downloads.links.js?v=2', { 'accept-encoding': 'br' });
    expect([first.status, first.headers.get('content-encoding'), await first.text()]).toEqual([
      200,
      'br',
      'links();downloads();track()',
    ]);
    const tag = first.headers.get('etag') ?? '';
    const again = await variant('/a.links.downloads.js', { 'if-none-match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await script()).headers.get('etag')).not.toBe(tag);
  });

  test('with a part that does not exist is not found, and says which there are', async () => {
    const response = await fetch(`${collector.url}/a.links.nope.js`);
    expect([response.status, await response.json()]).toEqual([
      404,
      {
        error: {
          code: 'not_found',
          message: expect.stringMatching(/no part "nope".* links, downloads,/),
        },
      },
    ]);
  });

  test('may be asked about without being sent', async () => {
    const response = await fetch(`${collector.url}/a.js`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('that is not built says so', async () => {
    const { url } = await collector.serve({ script: null });
    const response = await fetch(`${url}/a.js`);
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('npm run build')]);
  });
});

describe('the rest of the front door', () => {
  test.each(['/healthz', '/readyz', '/metrics'])('%s answers', async (path) => {
    expect((await fetch(collector.url + path)).status).toBe(200);
  });

  test('counts requests by route and status, and events by outcome', async () => {
    await collect([view(), view({ name: '' })]);
    await post('/collect', '{');
    await fetch(`${collector.url}/some/where/else`);
    const metrics = await (await fetch(`${collector.url}/metrics`)).text();
    expect(metrics).toMatch(/^footfall_collector_requests_total\{route="\/collect",status="202",.*\} \d/m);
    expect(metrics).toMatch(/^footfall_collector_requests_total\{route="\/collect",status="400",.*\} \d/m);
    expect(metrics).toMatch(/^footfall_collector_requests_total\{route="other",status="404",.*\} \d/m);
    expect(metrics).toMatch(/^footfall_collector_events_total\{outcome="accepted",.*\} \d/m);
    expect(metrics).toMatch(/^footfall_collector_events_total\{outcome="invalid_name",.*\} \d/m);
    expect(metrics).toMatch(/^footfall_collector_append_seconds_count\{.*\} \d/m);
    expect(metrics).toMatch(/^footfall_collector_requests_in_hand\{.*\} 0$/m);
    expect(metrics).toMatch(/^footfall_collector_held_bytes\{.*\} 0$/m);
  });

  test('what is not there, or not that way, is said', async () => {
    const nothing = await fetch(`${collector.url}/nothing`);
    expect([nothing.status, await nothing.text()]).toEqual([404, expect.stringContaining('/collect')]);
    for (const [path, method, allow] of [
      ['/collect', 'GET', 'POST, OPTIONS'],
      ['/pixel.gif', 'POST', 'GET, OPTIONS'],
      ['/a.js', 'DELETE', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const response = await fetch(collector.url + path, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
      expect(await readErrorCode(response)).toBe('method_not_allowed');
    }
  });

  test('in a folder of another host, a proxy may take the folder off or leave it there', async () => {
    const { url } = await collector.serve({ folder: '/f' });
    const body = JSON.stringify({ site: collector.site.siteKey, events: [view()] });
    for (const folder of ['', '/f']) {
      const sent = await fetch(`${url}${folder}/collect`, {
        method: 'POST',
        body,
        headers: { 'user-agent': AGENT },
      });
      expect([folder, sent.status]).toEqual([folder, 202]);
      const script = await fetch(`${url}${folder}/a.links.js?v=1`);
      expect(await script.text()).toBe('links();track()');
      const preflight = await fetch(`${url}${folder}/v1/events`, { method: 'OPTIONS' });
      expect(preflight.status).toBe(204);
    }
    for (const path of ['/f', '/f/', '/f/healthz', '/f/metrics', '/f/f/collect', '/fcollect', '/g/collect'])
      expect([path, (await fetch(url + path)).status]).toEqual([path, 404]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test('one connection carries many requests, refused ones and pipelined ones too', async () => {
    const body = JSON.stringify({ site: collector.site.siteKey, events: [view()] });
    const requests = [
      'GET /a.js HTTP/1.1\r\nhost: x\r\n\r\n',
      `POST /collect HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      'POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc',
      'GET /pixel.gif HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    ];
    const socket = connect(Number(new URL(collector.url).port), '127.0.0.1');
    socket.write(requests.join(''));
    expect((await text(socket)).match(/HTTP\/1\.1 \d+/g)).toEqual([
      'HTTP/1.1 200',
      'HTTP/1.1 202',
      'HTTP/1.1 401',
      'HTTP/1.1 400',
    ]);
  });
});

test('a key that a site had before is taken at every door until it ends, and what comes with it is counted', async () => {
  const { pool, site } = collector;
  const key = 'ff_before';
  await pool.query(`INSERT INTO former_site_key VALUES ($1, $2, now(), now() + interval '1 day')`, [
    key,
    site.id,
  ]);
  const named: TestSite = { ...site, siteKey: key };
  expect(await (await collect([view(), view(), view({ url: 'nowhere' })], {}, named)).json()).toMatchObject({
    accepted: 2,
  });
  expect((await serverSend([view()], collector.keys.ingest, key)).status).toBe(202);
  const pixel = `/pixel.gif?site=${key}&url=${encodeURIComponent('https://shop.example/')}`;
  expect((await fetch(collector.url + pixel)).status).toBe(200);
  const ga4 = JSON.stringify({ client_id: '1.2', events: [{ name: 'page_view' }] });
  expect(
    (await post(`/mp/collect?measurement_id=${key}&api_secret=${collector.keys.ingest}`, ga4)).status,
  ).toBe(204);
  await collect([view()]);
  const events = async () =>
    (await pool.query('SELECT events FROM former_site_key WHERE site_key = $1', [key])).rows;
  await expect.poll(events).toEqual([{ events: 5 }]);
  await pool.query('DELETE FROM former_site_key WHERE site_key = $1', [key]);
  await expect.poll(async () => (await collect([view()], {}, named)).status).toBe(404);
});
