import { expect, test } from 'vitest';
import { withoutPrefix } from './log-prefix.ts';

const LINE = '8.8.8.8 - - [10/Oct/2026:13:55:36 +0200] "GET / HTTP/1.1" 200 1';

test.each([
  '',
  'Oct 10 11:55:36 web nginx: ',
  'Oct  1 11:55:36 web nginx[12]: ',
  'Oct  1 11:55:36 haproxy[12]: ',
  '<190>Oct  1 11:55:36 web nginx: ',
  '<134>2026-10-10T11:55:36Z cache-fra1 shop[1234]: ',
  '2026-10-10T11:55:36.123+02:00 web nginx: ',
  '<134>1 2026-10-10T11:55:36.1Z web nginx 12 - - ',
  '<134>1 2026-10-10T11:55:36.1Z web nginx 12 ID47 [a@1 b="c"] ',
  '2026-10-10T11:55:36.123456789Z stdout F ',
  'web-1  | ',
])('%j is taken off a line', (prefix) => {
  expect(withoutPrefix(prefix + LINE)).toBe(LINE);
});

test('a line that begins with something else stays as it is', () => {
  for (const line of ['', '<13>', 'Oct 10', '8.8.8.8, 10.0.0.1 - -', '2026-10-10T11:55:36Z'])
    expect(withoutPrefix(line)).toBe(line);
});
