import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseElb } from './elb-log.ts';
import { parseEnvoy } from './envoy-log.ts';
import { parseFastly } from './fastly-log.ts';
import { parseHaproxy } from './haproxy-log.ts';

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64)';
const AT = Date.parse('2026-10-10T11:55:36Z');

describe('AWS’ load balancers', () => {
  const ALB = `https 2026-10-10T11:55:36.186641Z app/shop/50dc6c495c0c9188 8.8.8.8:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://shop.example:443/p?x=1 HTTP/1.1" "${AGENT}" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:x "Root=1-58337281" "shop.example" "arn:aws:y" 1 2026-10-10T11:55:36.100000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"`;
  const HIT = {
    at: AT + 187,
    method: 'GET',
    target: '/p?x=1',
    status: 200,
    ip: '8.8.8.8',
    host: 'shop.example:443',
    scheme: 'https',
    userAgent: AGENT,
  };
  test('the Application Load Balancer’s hit has the host of its request', () => {
    expect(parseElb(ALB)).toEqual({ ...HIT, at: expect.any(Number) });
    expect(parseElb(ALB)?.at).toBe(AT + 186);
  });
  test('a Classic one leaves the kind out', () => {
    const line = `2026-10-10T11:55:36.000000Z shop 8.8.8.8:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://shop.example:80/p?x=1 HTTP/1.1" "${AGENT}" - -`;
    expect(parseElb(line)).toEqual({ ...HIT, at: AT, scheme: 'http', host: 'shop.example:80' });
  });
  test.each(['2606:4700::1111:2817', '[2606:4700::1111]:2817'])('a client %s is of IPv6', (client) => {
    expect(parseElb(ALB.replace('8.8.8.8:2817', client))?.ip).toBe('2606:4700::1111');
  });
  test.each([
    ['without an answer', ALB.replace(' 200 200 ', ' - - ')],
    ['that was not HTTP', ALB.replace(/"GET [^"]*"/, '"- http://shop.example:443- -"')],
  ])('a request %s is a line of the log, and not a page', (_, line) => {
    expect([Number.isNaN(parseElb(line)?.status), parseElb(line)?.method !== 'GET']).toContain(true);
  });
});

describe('HAProxy', () => {
  const head =
    '8.8.8.8:33317 [10/Oct/2026:11:55:36.655] in~ static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0';
  const bare = { at: AT + 655, method: 'GET', target: '/p?x=1', status: 200, ip: '8.8.8.8' };
  test.each([
    ['bare', `${head} "GET /p?x=1 HTTP/1.1"`, {}],
    ['carried by syslog', `Oct 10 11:55:36 lb haproxy[14389]: ${head} "GET /p?x=1 HTTP/1.1"`, {}],
    [
      'with captured headers',
      `${head} {shop.example|https://a.example/|${AGENT}|8.8.4.4, 10.0.0.1} {text/html} "GET /p?x=1 HTTP/1.1"`,
      {
        host: 'shop.example',
        referrer: 'https://a.example/',
        userAgent: AGENT,
        forwarded: '8.8.4.4, 10.0.0.1',
      },
    ],
    ['with headers that are not there', `${head} {||} {} "GET /p?x=1 HTTP/1.1"`, {}],
    [
      'with an escaped brace',
      `${head} {Mozilla/5.0 #7Bx#7D} "GET /p?x=1 HTTP/1.1"`,
      { userAgent: 'Mozilla/5.0 {x}' },
    ],
    [
      'of HTTP/2',
      `${head} "GET https://shop.example/p?x=1 HTTP/2.0"`,
      { target: 'https://shop.example/p?x=1', host: 'shop.example' },
    ],
    ['with TLS behind it', `${head} "GET /p?x=1 HTTP/1.1" 0/0/0/0/0 -/TLSv1.3/x`, {}],
    [
      'of IPv6',
      `${head.replace('8.8.8.8', '2606:4700::1111')} "GET /p?x=1 HTTP/1.1"`,
      { ip: '2606:4700::1111' },
    ],
    [
      'with timers that did not end',
      `${head.replace('10/0/30/69/109', '10/0/-1/-1/+109')} "GET /p?x=1 HTTP/1.1"`,
      {},
    ],
  ])('a line %s', (_, line, more) => {
    expect(parseHaproxy(line)).toEqual({ ...bare, ...more });
  });
  test('a line of its TCP log is none', () => {
    expect(
      parseHaproxy('8.8.8.8:33317 [10/Oct/2026:11:55:36.655] in srv/a 0/0/5007 212 -- 0/0/0/0/3 0/0'),
    ).toBeNull();
  });
});

describe('Envoy', () => {
  const hit = {
    at: AT,
    method: 'GET',
    target: '/p?x=1',
    status: 200,
    ip: '8.8.8.8, 10.0.0.1',
    host: 'shop.example',
    userAgent: AGENT,
  };
  test('a line of its own format', () => {
    const line = `[2026-10-10T11:55:36.000Z] "GET /p?x=1 HTTP/2" 200 - 0 154 226 100 "8.8.8.8, 10.0.0.1" "${AGENT}" "cc21d9b0" "shop.example" "tcp://10.0.2.1:80"`;
    expect(parseEnvoy(line)).toEqual(hit);
  });
  const istio = (forwarded: string) =>
    `[2026-10-10T11:55:36.000Z] "GET /p?x=1 HTTP/1.1" 200 - via_upstream - "-" 0 135 4 4 "${forwarded}" "${AGENT}" "84961386" "shop.example" "127.0.0.1:80" inbound|8000|| 127.0.0.1:41854 10.44.1.27:80 10.44.1.23:37652 outbound_.8000_._.shop default`;
  test('a line of Istio’s, by the list or by who was connected', () => {
    expect(parseEnvoy(istio('8.8.8.8, 10.0.0.1'))).toEqual(hit);
    expect(parseEnvoy(istio('-'))).toEqual({ ...hit, ip: '10.44.1.23:37652' });
    expect(parseEnvoy(`2026-10-10T11:55:36.1Z stdout F ${istio('-')}`)).toMatchObject({
      ip: '10.44.1.23:37652',
    });
  });
});

describe('Fastly', () => {
  test('a line in version 1 of its format', () => {
    const line =
      '<134>2026-10-10T11:55:37Z cache-fra1 Log[62959]: 8.8.8.8 "-" "-" Sat, 10 Oct 2026 11:55:36 GMT GET /p?x=1 200';
    expect(parseFastly(line)).toEqual({
      at: AT,
      method: 'GET',
      target: '/p?x=1',
      status: 200,
      ip: '8.8.8.8',
    });
  });
});

test.each([
  [
    'elb',
    parseElb,
    'https 2026-10-10T11:55:36Z app/x 8.8.8.8:1 10.0.0.1:80 0 0 0 200 200 0 57 "GET https://a.example/ HTTP/1.1" "a"',
  ],
  [
    'haproxy',
    parseHaproxy,
    '8.8.8.8:1 [10/Oct/2026:11:55:36.6] in a/b 1/0/3/6/1 200 2 - - ---- 1/1/1/1/0 0/0 {a|b} "GET / HTTP/1.1"',
  ],
  ['envoy', parseEnvoy, '[2026-10-10T11:55:36.310Z] "GET / HTTP/2" 200 - 0 1 2 1 "-" "a" "b" "c" "d"'],
  ['fastly', parseFastly, '8.8.8.8 "-" "-" Sat, 10 Oct 2026 11:55:36 GMT GET / 200'],
])('no line makes the reader of %s throw', (_, parse, line) => {
  expect(parse(line)).not.toBeNull();
  const cut = fc
    .tuple(fc.nat(line.length), fc.string())
    .map(([at, more]) => line.slice(0, at) + more + line.slice(at));
  fc.assert(
    fc.property(fc.oneof(fc.string(), cut), (text) => void parse(text)),
    { numRuns: 500 },
  );
});
