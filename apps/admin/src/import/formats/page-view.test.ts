import { describe, expect, test } from 'vitest';
import { type Client, type Hit, pageView } from './page-view.ts';

const hit = (more: Partial<Hit> = {}): Hit => ({
  at: 1_760_000_000_000,
  method: 'GET',
  target: '/p/1?x=2',
  status: 200,
  ip: '203.0.113.7',
  referrer: '-',
  userAgent: 'Mozilla/5.0',
  ...more,
});
const PLACE = { host: undefined, site: 'https://shop.example' };
const outcome = (more: Partial<Hit>) => {
  const parsed = pageView(hit(more), PLACE);
  return parsed.kind === 'skipped' ? parsed.why : parsed.kind;
};

test('a page is a pageview with its query, its time, who asked and nothing that was not said', () => {
  expect(pageView(hit(), PLACE)).toEqual({
    kind: 'event',
    event: {
      name: 'pageview',
      timestamp: 1_760_000_000_000,
      url: 'https://shop.example/p/1?x=2',
      referrer: undefined,
      user_agent: 'Mozilla/5.0',
      ip: '203.0.113.7',
    },
  });
});

test.each([
  ['/', 'event'],
  ['/index.html', 'event'],
  ['/shop.php?file=a.png', 'event'],
  ['/p/mug-1.5', 'event'],
  ['/p/jane.doe', 'event'],
  ['/pinging', 'event'],
  ['/a.css?v=3', 'asset'],
  ['/img/A.JPEG', 'asset'],
  ['/fonts/a.woff2', 'asset'],
  ['/feed.xml', 'asset'],
  ['/.env', 'asset'],
  ['/robots.txt', 'noise'],
  ['/favicon.ico', 'noise'],
  ['/healthz', 'noise'],
  ['/.well-known/security.txt', 'noise'],
  ['/wp-admin/admin-ajax.php', 'noise'],
  ['/wp-login.php', 'noise'],
])('GET %s: %s', (target, kind) => {
  expect(outcome({ target })).toBe(kind);
});

test.each([
  [{ method: 'POST' }, 'method'],
  [{ method: 'HEAD' }, 'method'],
  [{ status: 304 }, 'event'],
  [{ status: 206 }, 'event'],
  [{ status: 301 }, 'status'],
  [{ status: 404 }, 'status'],
  [{ status: 500 }, 'status'],
  [{ at: null }, 'bad'],
  [{ method: '\u0016\u0003', target: '' }, 'bad'],
  [{ target: '*' }, 'bad'],
  [{ target: '/data', contentType: 'application/json' }, 'asset'],
  [{ target: '/report.pdf', contentType: 'text/html; charset=utf-8' }, 'event'],
  [{ target: '/', status: 304, contentType: 'application/octet-stream' }, 'event'],
])('%j: %s', (more, kind) => {
  expect(outcome(more)).toBe(kind);
});

describe('the address', () => {
  const parsedUrl = (more: Partial<Hit>, host?: string) => {
    const parsed = pageView(hit(more), { host, site: 'https://shop.example' });
    return parsed.kind === 'event' ? parsed.event.url : parsed;
  };
  test('is of the host that the log names, of the one that the operator names before it, else the site’s', () => {
    expect(parsedUrl({ host: 'www.shop.example:443' })).toBe('https://www.shop.example/p/1?x=2');
    expect(parsedUrl({ host: 'shop.example', scheme: 'http' })).toBe('http://shop.example/p/1?x=2');
    expect(parsedUrl({ host: 'app:8080' }, 'https://kiln.example')).toBe('https://kiln.example/p/1?x=2');
  });
  test.each([
    '8.8.8.8',
    '8.8.8.8:443',
    '8.8.8.8,',
    '[2606:4700::1111]',
    '2606:4700::1111',
    '_',
    '-',
    'a b',
    'x@y',
    '',
  ])('has the site’s host where the log says %j', (host) => {
    expect(parsedUrl({ host })).toBe('https://shop.example/p/1?x=2');
  });
  test('never leads to another host, whatever was asked for', () => {
    expect(parsedUrl({ target: '//evil.example/x' })).toBe('https://shop.example//evil.example/x');
    expect(parsedUrl({ target: 'http://evil.example/x?y' })).toBe('https://shop.example/x?y');
  });
});

describe('the client', () => {
  const client = (more: Partial<Hit>, chosen?: Client) => {
    const parsed = pageView(hit(more), chosen === undefined ? PLACE : { ...PLACE, client: chosen });
    return parsed.kind === 'event' ? parsed.event.ip : parsed;
  };
  test('is the first public address of the list that stands in front', () => {
    expect(client({ ip: '8.8.8.8, 10.0.0.1' })).toBe('8.8.8.8');
    expect(client({ ip: '-' })).toBeUndefined();
  });
  test('is of the list in another field only where the operator says so', () => {
    const behindProxy = { ip: '10.0.0.1', forwarded: '8.8.8.8, 10.0.0.9' };
    expect(client(behindProxy)).toBe('10.0.0.1');
    expect(client(behindProxy, 'address')).toBe('10.0.0.1');
    expect(client(behindProxy, 'forwarded')).toBe('8.8.8.8');
    expect(client({ ip: '8.8.4.4', forwarded: '-' }, 'forwarded')).toBe('8.8.4.4');
    expect(client({ ip: '8.8.4.4' }, 'forwarded')).toBe('8.8.4.4');
  });
});
