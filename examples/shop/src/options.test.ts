import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

test('without flags the shop stands on 3010 beside a collector on 3001, and is not counted', () => {
  expect(parseOptions([])).toEqual({ port: 3010, site: undefined, collector: 'http://127.0.0.1:3001' });
});

test('flags are taken as they are, but for a slash too many', () => {
  const flags = ['--port', '4000', '--site', 'key', '--collector', 'https://stats.example/'];
  expect(parseOptions(flags)).toEqual({ port: 4000, site: 'key', collector: 'https://stats.example' });
});

test.each([
  [['--port', 'x'], /--port is not a port: x \(example/],
  [['--port', '70000'], /--port/],
  [['--collector', 'stats.example'], /--collector is not an address/],
  [['--colector', 'x'], /--colector/],
])('%j is refused with a reason', (flags, reason) => {
  expect(() => parseOptions(flags)).toThrow(reason);
});
