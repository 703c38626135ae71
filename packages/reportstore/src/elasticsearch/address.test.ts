import { expect, test } from 'vitest';
import { parseAddress } from './address.ts';

test('what is not said has defaults', () => {
  expect(parseAddress('http://search:9200')).toEqual({
    nodes: ['http://search:9200'],
    auth: null,
    caFingerprint: null,
    prefix: 'footfall-',
    shards: 1,
    replicas: null,
    refresh: '1s',
  });
});

test('several nodes, credentials and all options', () => {
  const fingerprint = 'ab'.repeat(32);
  expect(
    parseAddress(
      `https://us%40er:p%3Ass@a:9200,b,[::1]:9201/?prefix=shop_1-&shards=6&replicas=2&refresh=500ms&ca_fingerprint=${fingerprint}`,
    ),
  ).toEqual({
    nodes: ['https://a:9200', 'https://b', 'https://[::1]:9201'],
    auth: { username: 'us@er', password: 'p:ss' },
    caFingerprint: fingerprint,
    prefix: 'shop_1-',
    shards: 6,
    replicas: 2,
    refresh: '500ms',
  });
  expect(parseAddress('https://a:9200/?api_key=abc%3D%3D').auth).toEqual({ apiKey: 'abc==' });
});

test.each([
  ['another scheme', 'ftp://a:9200'],
  ['no host', 'http:///?shards=1'],
  ['a path', 'http://a:9200/some/path'],
  ['an option of no name', 'http://a:9200/?shard=1'],
  ['shards that are not number', 'http://a:9200/?shards=many'],
  ['no shard at all', 'http://a:9200/?shards=0'],
  ['a prefix that is not a name of an index', 'http://a:9200/?prefix=Foot*'],
  ['a refresh without a unit', 'http://a:9200/?refresh=1'],
  ['two ways to sign in', 'http://u:p@a:9200/?api_key=x'],
  ['a port that is none', 'http://a:99999/'],
])('%s is refused, naming the variable', (_what, url) => {
  expect(() => parseAddress(url)).toThrow(
    expect.objectContaining({ code: 'unknown_report_store', where: 'REPORT_STORE_URL' }),
  );
});

test('no refusal shows the password', () => {
  for (const url of ['http://u:secret@a:9200/x', 'http://u:secret@a:99999', 'http://u:secret@a?prefix=A']) {
    expect(() => parseAddress(url)).toThrow(/REPORT_STORE_URL/);
    try {
      parseAddress(url);
    } catch (error) {
      expect(String(error)).not.toContain('secret');
    }
  }
});
