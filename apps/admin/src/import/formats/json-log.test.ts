import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJsonLog, parseJsonLog } from './json-log.ts';

const AT = Date.parse('2026-10-10T11:55:36Z');
const AGENT = 'Mozilla/5.0 (X11)';

test.each([
  [
    'Caddy',
    {
      level: 'info',
      ts: AT / 1000,
      logger: 'http.log.access',
      request: {
        remote_ip: '10.0.0.1',
        client_ip: '203.0.113.7',
        method: 'GET',
        host: 'shop.example',
        uri: '/p?x=1',
        headers: { 'User-Agent': [AGENT], Referer: ['https://a.example/'] },
      },
      status: 200,
      resp_headers: { 'Content-Type': ['text/html; charset=utf-8'] },
    },
    { host: 'shop.example', contentType: 'text/html; charset=utf-8' },
  ],
  [
    'nginx with the first line of the request',
    {
      time_iso8601: '2026-10-10T13:55:36+02:00',
      remote_addr: '203.0.113.7',
      request: 'GET /p?x=1 HTTP/1.1',
      status: '200',
      http_referer: 'https://a.example/',
      http_user_agent: AGENT,
      server_name: 'shop.example',
      scheme: 'https',
    },
    { host: 'shop.example', scheme: 'https' },
  ],
  [
    'nginx with its parts',
    {
      msec: `${AT / 1000}.000`,
      remote_addr: '203.0.113.7',
      request_method: 'GET',
      uri: '/p',
      args: 'x=1',
      status: 200,
      http_referrer: 'https://a.example/',
      http_user_agent: AGENT,
    },
    {},
  ],
  [
    'Traefik',
    {
      StartUTC: '2026-10-10T11:55:36Z',
      ClientHost: '203.0.113.7',
      RequestMethod: 'GET',
      RequestPath: '/p?x=1',
      DownstreamStatus: 200,
      RequestHost: 'shop.example',
      'request_User-Agent': AGENT,
      request_Referer: 'https://a.example/',
    },
    { host: 'shop.example' },
  ],
  [
    'Caddy before 2.5',
    {
      ts: AT / 1000,
      logger: 'http.log.access',
      request: {
        remote_addr: '203.0.113.7:41342',
        method: 'GET',
        host: 'shop.example',
        uri: '/p?x=1',
        headers: { 'User-Agent': [AGENT], Referer: ['https://a.example/'] },
      },
      status: 200,
    },
    { host: 'shop.example', ip: '203.0.113.7:41342' },
  ],
  [
    'nginx with a field date, and a duration called time',
    {
      time: '0.002',
      date: '2026-10-10T13:55:36+02:00',
      remote_addr: '203.0.113.7',
      request: 'GET /p?x=1 HTTP/1.1',
      status: 200,
      http_referer: 'https://a.example/',
      http_user_agent: AGENT,
    },
    {},
  ],
  [
    'a program with a day and its time',
    {
      date: '2026-10-10',
      time: '11:55:36',
      client_ip: '203.0.113.7',
      request: 'GET /p?x=1 HTTP/1.1',
      status: 200,
      referer: 'https://a.example/',
      user_agent: AGENT,
    },
    {},
  ],
  [
    'Fastly, as it advises',
    {
      timestamp: '2026-10-10T11:55:36+0000',
      client_ip: '203.0.113.7',
      host: 'shop.example',
      url: '/p?x=1',
      request_method: 'GET',
      request_referer: 'https://a.example/',
      request_user_agent: AGENT,
      response_state: 'HIT',
      response_status: 200,
    },
    { host: 'shop.example' },
  ],
  [
    'Envoy',
    {
      start_time: '2026-10-10T11:55:36.000Z',
      method: 'GET',
      path: '/p?x=1',
      response_code: 200,
      x_forwarded_for: '203.0.113.7, 10.0.0.1',
      downstream_remote_address: '10.0.0.9:4711',
      authority: 'shop.example',
      user_agent: AGENT,
      duration: 12,
    },
    {
      host: 'shop.example',
      ip: '203.0.113.7, 10.0.0.1,10.0.0.9:4711',
      forwarded: '203.0.113.7, 10.0.0.1',
      referrer: undefined,
    },
  ],
  [
    'Cloudflare’s Logpush',
    {
      EdgeStartTimestamp: AT * 1e6,
      ClientIP: '203.0.113.7',
      ClientRequestHost: 'shop.example',
      ClientRequestMethod: 'GET',
      ClientRequestURI: '/p?x=1',
      ClientRequestReferer: 'https://a.example/',
      ClientRequestUserAgent: AGENT,
      EdgeResponseStatus: 200,
    },
    { host: 'shop.example' },
  ],
  [
    'Google’s load balancer',
    {
      timestamp: '2026-10-10T11:55:36Z',
      httpRequest: {
        requestMethod: 'GET',
        requestUrl: 'https://shop.example/p?x=1',
        status: 200,
        remoteIp: '203.0.113.7',
        userAgent: AGENT,
        referer: 'https://a.example/',
      },
    },
    { host: 'shop.example', target: 'https://shop.example/p?x=1' },
  ],
  [
    'Docker of the line of nginx in it',
    {
      log: `203.0.113.7 - - [10/Oct/2026:13:55:36 +0200] "GET /p?x=1 HTTP/1.1" 200 1 "https://a.example/" "${AGENT}"\n`,
      stream: 'stdout',
      time: '2026-10-10T11:55:37.1Z',
    },
    {},
  ],
  [
    'Fluent Bit of the JSON in it',
    {
      date: 1,
      log: JSON.stringify({
        ts: AT / 1000,
        status: 200,
        remote_addr: '203.0.113.7',
        request: 'GET /p?x=1 HTTP/1.1',
        http_referer: 'https://a.example/',
        http_user_agent: AGENT,
      }),
    },
    {},
  ],
])('what %s writes', (_, row, more) => {
  expect(isJsonLog(row)).toBe(true);
  expect(parseJsonLog(row)).toEqual({
    at: AT,
    method: 'GET',
    target: '/p?x=1',
    status: 200,
    ip: '203.0.113.7',
    host: undefined,
    scheme: undefined,
    referrer: 'https://a.example/',
    userAgent: AGENT,
    contentType: undefined,
    ...more,
  });
});

test('what Caddy says of itself is none', () => {
  expect(parseJsonLog({ level: 'info', ts: 1, logger: 'admin', msg: 'admin endpoint started' })).toBeNull();
  expect(isJsonLog({ name: 'pageview', url: 'https://shop.example/' })).toBe(false);
});

test('no row makes it throw', () => {
  const names = fc.constantFrom('request', 'status', 'ts', 'uri', 'host', 'method', 'args', '__proto__');
  fc.assert(fc.property(fc.dictionary(names, fc.anything()), (row) => void parseJsonLog(row)));
});
