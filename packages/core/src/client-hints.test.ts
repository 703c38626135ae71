import { expect, test } from 'vitest';
import { readClientHints } from './client-hints.ts';

test.each([
  [{}, undefined],
  [{ 'sec-ch-ua-model': '""' }, undefined],
  [{ 'sec-ch-ua-model': '"Pixel 8"' }, { model: 'Pixel 8' }],
  [{ 'sec-ch-ua-platform-version': '"15.0.0"' }, { platformVersion: '15.0.0' }],
  [
    { 'sec-ch-ua-model': '"A (b); c"', 'sec-ch-ua-platform-version': '"14"' },
    { model: 'A b c', platformVersion: '14' },
  ],
  [{ 'sec-ch-ua-model': 'x'.repeat(1_000) }, { model: 'x'.repeat(100) }],
  [{ 'sec-ch-ua-model': ['"a"', '"b"'] }, undefined],
])('%j says %j', (headers, hints) => {
  expect(readClientHints(headers)).toEqual(hints);
});
