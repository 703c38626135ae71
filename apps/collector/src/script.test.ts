import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodingFor } from './script.ts';
import { trackerScript } from './tracker-script.ts';

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['GZIP;q=0.5', 'gzip'],
  ['br;q=0, gzip;q=1.0', 'gzip'],
  ['br; q=0.000', 'identity'],
  ['', 'identity'],
  ['*', 'identity'],
])('who takes %j gets %s', (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding);
});

test('the script is the same in every encoding, and its tag follows its content', () => {
  const script = trackerScript(Buffer.from('track()'));
  const { br, gzip, identity } = script.encoded;
  expect([brotliDecompressSync(br), gunzipSync(gzip), identity].map(String)).toEqual(
    Array(3).fill('track()'),
  );
  expect(trackerScript(Buffer.from('track()')).etag).toBe(script.etag);
  expect(trackerScript(Buffer.from('track(1)')).etag).not.toBe(script.etag);
});
