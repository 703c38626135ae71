import { expect, test } from 'vitest';
import { detectFormat } from './detect.ts';

test.each([
  ['combined', ['203.0.113.7 - - [10/Oct/2026:13:55:36 +0200] "GET / HTTP/1.1" 200 1 "-" "-"']],
  ['combined', ['broken', '203.0.113.7 - - [10/Oct/2026:13:55:36 +0200] "GET / HTTP/1.1" 200 1']],
  ['cloudfront', ['#Version: 1.0', '#Fields: date time c-ip']],
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
