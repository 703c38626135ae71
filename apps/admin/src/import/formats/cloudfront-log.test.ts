import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCloudFront } from './cloudfront-log.ts';

const FIELDS =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol'.split(
    ' ',
  );
const LINE =
  '2026-10-10\t11:55:36\tFRA2\t2390\t203.0.113.7\tGET\td111.cloudfront.net\t/p\t200\thttps://a.example/?q=%2520x\tMozilla/5.0%2520(X11;%20Linux)\tx=1&y=a%20b\t-\tHit\tabc==\tshop.example\thttps';

test('a hit is read by the fields that a line before it named', () => {
  expect(parseCloudFront(`#Fields: ${FIELDS.join(' ')}`, [])).toEqual({ fields: FIELDS });
  expect(parseCloudFront('#Version: 1.0', [])).toEqual({ comment: true });
  expect(parseCloudFront(LINE, FIELDS)).toEqual({
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
  expect(parseCloudFront(LINE, [])).toBeNull();
  expect(parseCloudFront('2026-10-10\t11:55:36', FIELDS)).toBeNull();
});

test('no line makes it throw', () => {
  const line = fc.oneof(
    fc.string(),
    fc.array(fc.string(), { minLength: 17 }).map((values) => values.join('\t')),
  );
  fc.assert(fc.property(line, (text) => void parseCloudFront(text, FIELDS)));
});
