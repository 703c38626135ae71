import { expect, test } from 'vitest';
import { localUrl } from './local-url.ts';

test.each([
  ['127.0.0.1', '127.0.0.1:3000'],
  ['0.0.0.0', '127.0.0.1:3000'],
  ['::', '[::1]:3000'],
  ['::1', '[::1]:3000'],
  ['192.168.1.5', '192.168.1.5:3000'],
  ['2001:db8::5', '[2001:db8::5]:3000'],
])('what listens on %s is reached at %s', (listenHost, address) => {
  expect(localUrl({ listenHost, tls: null }, 3000)).toBe(`http://${address}`);
  expect(localUrl({ listenHost, tls: { certFile: 'a', keyFile: 'b' } }, 3000)).toBe(`https://${address}`);
  expect(URL.canParse(`http://${address}`)).toBe(true);
});
