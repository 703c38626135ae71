import { expect, test } from 'vitest';
import { localUrl } from './local-url.ts';

test.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://[::1]:3000'],
  ['::1', 'http://[::1]:3000'],
  ['192.168.1.5', 'http://192.168.1.5:3000'],
  ['2001:db8::5', 'http://[2001:db8::5]:3000'],
])('what listens on %s is reached at %s', (listenHost, url) => {
  expect(localUrl({ listenHost }, 3000)).toBe(url);
  expect(URL.canParse(url)).toBe(true);
});
