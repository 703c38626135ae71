import { statedAddress } from '@footfall/core/ip';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCombined } from './combined-log.ts';

const HIT = {
  host: undefined,
  ip: '203.0.113.7',
  at: Date.parse('2026-10-10T11:55:36Z'),
  method: 'GET',
  target: '/p/1?x=2',
  status: 200,
  referrer: 'https://search.example/?q=mug',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
};
const TIME = '[10/Oct/2026:13:55:36 +0200]';
const REST = '"https://search.example/?q=mug" "Mozilla/5.0 (X11; Linux x86_64)"';

test.each([
  ['as nginx and Apache write it', `203.0.113.7 - - ${TIME} "GET /p/1?x=2 HTTP/1.1" 200 2326 ${REST}`, {}],
  [
    'with a user that has a blank',
    `203.0.113.7 - Jane Doe ${TIME} "GET /p/1?x=2 HTTP/1.1" 200 2326 ${REST}`,
    {},
  ],
  [
    'with more behind it',
    `203.0.113.7 - - ${TIME} "GET /p/1?x=2 HTTP/1.1" 200 2326 ${REST} "a word" 0.002`,
    {},
  ],
  [
    'with a list of forwarded addresses as its last quoted field',
    `10.0.0.1 - - ${TIME} "GET /p/1?x=2 HTTP/1.1" 200 2326 ${REST} "198.51.100.1, 10.0.0.9" 0.002 "0.1"`,
    { ip: '10.0.0.1', forwarded: '198.51.100.1, 10.0.0.9' },
  ],
  [
    'with a virtual host in front',
    `shop.example:443 203.0.113.7 - - ${TIME} "GET /p/1?x=2 HTTP/1.1" 200 - ${REST}`,
    { host: 'shop.example:443' },
  ],
  ['of IPv6', `2001:db8::7 - - ${TIME} "GET /p/1?x=2 HTTP/2.0" 200 2326 ${REST}`, { ip: '2001:db8::7' }],
  [
    'in the common format',
    `203.0.113.7 - - ${TIME} "GET /p/1?x=2 HTTP/1.0" 200 2326`,
    { referrer: undefined, userAgent: undefined },
  ],
  [
    'with quotes in the agent, as Apache writes them',
    `203.0.113.7 - - ${TIME} "GET /p/1?x=2 HTTP/1.1" 200 1 "-" "a \\"b\\" \\\\c"`,
    { referrer: '-', userAgent: 'a "b" \\c' },
  ],
  [
    'with bytes of UTF-8, as nginx writes them',
    `203.0.113.7 - - ${TIME} "GET /caf\\xC3\\xA9 HTTP/1.1" 200 1 "-" "a \\x22b\\x22"`,
    { target: '/café', referrer: '-', userAgent: 'a "b"' },
  ],
  [
    'of what was not an HTTP',
    `203.0.113.7 - - ${TIME} "\\x16\\x03\\x01" 400 157 "-" "-"`,
    { method: '\u0016\u0003\u0001', target: '', status: 400, referrer: '-', userAgent: '-' },
  ],
])('a line %s', (_, line, more) => {
  expect(parseCombined(line)).toEqual({ ...HIT, ...more });
});

test.each([
  ['8.8.8.8, 10.0.0.1 - -', '8.8.8.8,10.0.0.1'],
  ['8.8.8.8,10.0.0.1 - -', '8.8.8.8,10.0.0.1'],
  ['8.8.8.8, 10.0.0.1, 172.17.0.2 - Jane Doe', '8.8.8.8,10.0.0.1,172.17.0.2'],
  ['8.8.8.8 10.0.0.1 - -', '8.8.8.8,10.0.0.1'],
  ['10.0.0.1 8.8.8.8 - -', '10.0.0.1,8.8.8.8'],
  ['"8.8.8.8, 10.0.0.1" - -', '8.8.8.8,10.0.0.1'],
  ['unknown, 8.8.8.8 - -', 'unknown,8.8.8.8'],
  ['2606:4700::1111, 10.0.0.1 - -', '2606:4700::1111,10.0.0.1'],
  ['8.8.8.8:51234, 10.0.0.1 - -', '8.8.8.8:51234,10.0.0.1'],
  ['8.8.8.8:51234 10.0.0.1 - -', '8.8.8.8:51234,10.0.0.1'],
  ['- 8.8.8.8 - -', '8.8.8.8'],
  ['127.0.0.1:80 8.8.8.8 - -', '8.8.8.8'],
  ['8.8.4.4:443 8.8.8.8 - -', '8.8.8.8'],
  ['[2606:4700::1111]:443 8.8.8.8 - -', '8.8.8.8'],
  ['8.8.8.8 - 10.0.0.1', '8.8.8.8'],
  ['p5b2.dip.isp.example - -', 'p5b2.dip.isp.example'],
  ['- - -', '-'],
  ['8.8.8.8 - [8.8.8.8] - -', '8.8.8.8'],
  ['Oct 10 11:55:36 web nginx: 8.8.8.8 - -', '8.8.8.8'],
  ['<190>Oct  1 11:55:36 web nginx[12]: 8.8.8.8, 10.0.0.1 - -', '8.8.8.8,10.0.0.1'],
  ['<134>1 2026-10-10T11:55:36.1Z web nginx 12 - - 8.8.8.8 - -', '8.8.8.8'],
  ['2026-10-10T11:55:36.123456789Z stdout F 8.8.8.8 - -', '8.8.8.8'],
  ['web-1  | 8.8.8.8 - -', '8.8.8.8'],
])('of the head %s the client is of %s, and nothing is a host', (head, ip) => {
  const line = `${head} ${TIME} "GET /p/1?x=2 HTTP/1.1" 200 2326 ${REST}`;
  expect(parseCombined(line)).toEqual({ ...HIT, ip });
});

test.each([
  ['8.8.8.8, 10.0.0.1 - -', '8.8.8.8,10.0.0.1'],
  ['8.8.8.8 10.0.0.1 - -', '8.8.8.8,10.0.0.1'],
  ['8.8.8.8 - -', '8.8.8.8'],
])('a virtual host in front of %s is one', (head, ip) => {
  const line = `shop.example:443 ${head} ${TIME} "GET /p/1?x=2 HTTP/1.1" 200 - ${REST}`;
  expect(parseCombined(line)).toEqual({ ...HIT, host: 'shop.example:443', ip });
});

test.each([
  '',
  'hello',
  '203.0.113.7 - - [10/Oct/2026:13:55:36 +0200]',
  `203.0.113.7 - - ${TIME} "GET / HTTP/1.1 200 1`,
  `x - - ${TIME} "GET /" OK 1`,
  `203.0.113.7 - - ${TIME} "GET / HTTP/1.1" 200 1 "https://a.ex`,
  `203.0.113.7 - - ${TIME} "GET / HTTP/1.1" 200 1 "-" "Mozil`,
])('%j is none', (line) => {
  expect(parseCombined(line)).toBeNull();
});

test('an address is never a host, whatever stands in front of a line', () => {
  const word = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom('-', ',', ' ', ', ', 'unknown', ':443', ':51234', '"', 'shop.example'),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(word, fc.constantFrom('', ' ', ', '))), (words) => {
      const head = words.flat().join('');
      const hit = parseCombined(`${head} - - ${TIME} "GET / HTTP/1.1" 200 1 ${REST}`);
      const host = hit?.host ?? 'shop.example';
      expect([host.includes(','), statedAddress(host)]).toEqual([false, undefined]);
    }),
    { numRuns: 2_000 },
  );
});

test('no line makes it throw', () => {
  const cut = fc.tuple(fc.nat(120), fc.string()).map(([at, more]) => {
    const line = `203.0.113.7 - - ${TIME} "GET /p\\x2 HTTP/1.1" 200 2326 ${REST}`;
    return line.slice(0, at) + more + line.slice(at);
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), cut), (line) => void parseCombined(line)),
    { numRuns: 2_000 },
  );
});
