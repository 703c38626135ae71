import { expect, test } from 'vitest';
import { detectFormat } from './detect.ts';

test.each([
  ['combined', ['203.0.113.7 - - [10/Oct/2026:13:55:36 +0200] "GET / HTTP/1.1" 200 1 "-" "-"']],
  ['combined', ['broken', '203.0.113.7 - - [10/Oct/2026:13:55:36 +0200] "GET / HTTP/1.1" 200 1']],
  ['cloudfront', ['#Version: 1.0', '#Fields: date time x-edge-location c-ip']],
  ['w3c', ['#Software: Microsoft Internet Information Services 10.0', '#Fields: date time c-ip']],
  [
    'elb',
    [
      'https 2026-10-10T11:55:36.186641Z app/shop/50dc 8.8.8.8:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://shop.example:443/ HTTP/1.1" "curl/7.46.0" - -',
    ],
  ],
  [
    'haproxy',
    [
      'Feb  6 12:14:14 lb haproxy[14389]: 8.8.8.8:33317 [06/Feb/2026:12:14:14.655] in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 "GET / HTTP/1.1"',
    ],
  ],
  [
    'envoy',
    [
      '[2026-10-10T11:55:36.310Z] "GET / HTTP/2" 200 - 0 154 226 100 "8.8.8.8" "curl/7.1" "cc21" "shop.example" "10.0.2.1:80"',
    ],
  ],
  [
    'fastly',
    [
      '<134>2026-10-10T11:55:36Z cache-fra1 Log[62959]: 8.8.8.8 "-" "-" Sat, 10 Oct 2026 11:55:36 GMT GET /seattle 200',
    ],
  ],
  [
    'combined',
    [
      '<134>2026-10-10T11:55:36Z cache-fra1 Log[62959]: 8.8.8.8 "-" "-" [10/Oct/2026:11:55:36 +0000] "GET / HTTP/1.1" 200 12',
    ],
  ],
  [
    'json-log',
    [
      '{"log":"8.8.8.8 - - [10/Oct/2026:13:55:36 +0200] \\"GET / HTTP/1.1\\" 200 1\\n","stream":"stdout","time":"2026-10-10T11:55:36Z"}',
    ],
  ],
  ['json-log', ['{"ts":1,"logger":"admin"}', '{"ts":1,"status":200,"request":{"uri":"/"}}']],
  ['jsonl', ['{"name":"pageview","url":"https://shop.example/"}']],
  ['ga4', ['{"event_timestamp":"1","event_name":"page_view","event_params":[]}']],
  ['umami', ['{"event_id":"e","session_id":"s","url_path":"/"}']],
  ['umami', ['event_id,website_id,session_id,url_path', 'e,w,s,/']],
  ['umami', ['session_id,website_id,browser,os', 's,w,chrome,Linux']],
  ['csv', ['timestamp;name;url', '1;pageview;https://shop.example/']],
  [null, ['# Read me', 'This folder holds logs.']],
  [null, ['[', '{"a":1}', ']']],
  [null, []],
])('%s is told by %j', (format, lines) => {
  expect(detectFormat(lines)).toBe(format);
});
