import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_HEAD, parseW3c, parseW3cRow, type W3cHead } from './w3c-log.ts';

const WRITTEN =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol'.split(
    ' ',
  );
const CLOUDFRONT: W3cHead = { fields: WRITTEN.map((name) => name.toLowerCase()), day: undefined };
const LINE =
  '2026-10-10\t11:55:36\tFRA2\t2390\t203.0.113.7\tGET\td111.cloudfront.net\t/p\t200\thttps://a.example/?q=%2520x\tMozilla/5.0%2520(X11;%20Linux)\tx=1&y=a%20b\t-\tHit\tabc==\tshop.example\thttps';

test('a hit of CloudFront is read by the fields that a line before it named', () => {
  expect(parseW3c(`#Fields: ${WRITTEN.join(' ')}`, NO_HEAD)).toEqual({ head: CLOUDFRONT });
  expect(parseW3c('#Version: 1.0', NO_HEAD)).toEqual({ comment: true });
  expect(parseW3c(LINE, CLOUDFRONT)).toEqual({
    hit: {
      at: Date.parse('2026-10-10T11:55:36Z'),
      method: 'GET',
      target: '/p?x=1&y=a%20b',
      status: 200,
      ip: '203.0.113.7',
      host: 'shop.example',
      scheme: 'https',
      referrer: 'https://a.example/?q= x',
      userAgent: 'Mozilla/5.0 (X11; Linux)',
    },
  });
});

test('without names, or with too few values, it is none', () => {
  expect(parseW3c(LINE, NO_HEAD)).toBeNull();
  expect(parseW3c('2026-10-10\t11:55:36', CLOUDFRONT)).toBeNull();
});

test('no line makes it throw', () => {
  const line = fc.oneof(
    fc.string(),
    fc.array(fc.string(), { minLength: 17 }).map((values) => values.join('\t')),
  );
  fc.assert(fc.property(line, (text) => void parseW3c(text, CLOUDFRONT)));
});

/** The hit of the last of some lines. */
function lastHit(...lines: string[]) {
  let head = NO_HEAD;
  let hit: unknown = null;
  for (const line of lines) {
    const read = parseW3c(line, head);
    if (read !== null && 'head' in read) head = read.head;
    if (read !== null && 'hit' in read) hit = read.hit;
  }
  return hit;
}

const IIS =
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) cs-host sc-status sc-substatus sc-win32-status time-taken';

test('a hit of IIS has blanks where pluses stand, in its agent and its path', () => {
  const agent = 'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)';
  const line = `2026-10-10 11:55:36 10.0.0.4 GET /caf\u00e9/my+page.aspx q=a+b 443 - 8.8.8.8 ${agent} https://a.example/?q=red+mug shop.example 200 0 0 15`;
  expect(lastHit(IIS, line)).toEqual({
    at: Date.parse('2026-10-10T11:55:36Z'),
    method: 'GET',
    target: '/caf\u00e9/my%20page.aspx?q=a+b',
    status: 200,
    ip: '8.8.8.8',
    host: 'shop.example',
    scheme: undefined,
    referrer: 'https://a.example/?q=red+mug',
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)',
    contentType: undefined,
  });
});

test.each([
  [
    'Mozilla/5.0+(compatible;+Googlebot/2.1;++http://www.google.com/bot.html)',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  ],
  ['Mozilla/5.0%20(X11)', 'Mozilla/5.0 (X11)'],
  ['"Mozilla/5.0 (X11) a+b"', 'Mozilla/5.0 (X11) a+b'],
  ['-', undefined],
])('the agent %s between blanks is %s', (written, userAgent) => {
  const fields = '#Fields: time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)';
  expect(
    lastHit('#Date: 2026-10-10 00:00:00', fields, `11:55:36 8.8.8.8 GET / 200 ${written}`),
  ).toMatchObject({
    at: Date.parse('2026-10-10T11:55:36Z'),
    userAgent,
  });
});

test('names in capitals, a whole address in one field, and the client’s list are read', () => {
  const fields = '#FIELDS: Date Time C-IP CS-Method CS-URI SC-Status X-Forwarded-For';
  expect(lastHit(fields, '2026-10-10 11:55:36 10.0.0.1 GET /p?x=1 200 8.8.8.8,+10.0.0.9')).toMatchObject({
    target: '/p?x=1',
    forwarded: '8.8.8.8, 10.0.0.9',
  });
});

test.each(['2026-02-31 11:55:36', '2026-10-10 25:61:00'])('the time %s is none', (time) => {
  expect(lastHit('#Fields: date time c-ip cs-uri-stem sc-status', `${time} 8.8.8.8 / 200`)).toMatchObject({
    at: null,
  });
});

test('a path that a server has decoded is one of an address again', () => {
  expect(
    lastHit('#Fields: date time c-ip cs-uri-stem sc-status', '2026-10-10 11:55:36 8.8.8.8 /100%/a#b/%41 200'),
  ).toMatchObject({
    target: '/100%25/a%23b/%41',
  });
});

test('rows of JSON with these names are hits', () => {
  const row = {
    date: '2026-10-10',
    time: '11:55:36',
    'c-ip': '8.8.8.8',
    'cs-method': 'GET',
    'cs-uri-stem': '/p',
    'cs-uri-query': '-',
    'sc-status': '200',
    'cs(User-Agent)': 'Mozilla/5.0%20(X11)',
    'x-host-header': 'shop.example',
  };
  expect(parseW3cRow(row)).toMatchObject({
    at: Date.parse('2026-10-10T11:55:36Z'),
    target: '/p',
    status: 200,
    userAgent: 'Mozilla/5.0 (X11)',
    host: 'shop.example',
  });
  expect(parseW3cRow({ date: '2026-10-10' })).toBeNull();
});
