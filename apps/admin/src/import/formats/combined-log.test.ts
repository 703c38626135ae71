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
    `203.0.113.7 - - ${TIME} "GET /p/1?x=2 HTTP/1.1" 200 2326 ${REST} "198.51.100.1" 0.002`,
    {},
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
