import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idBytes, intBytes, keyHash, NO_SITE, siteText, textBytes, timeBytes } from './key.ts';

/** Any text of JavaScript, halves of surrogate pairs often among it. */
const anyText = fc
  .array(
    fc.oneof(
      fc.nat(0xffff),
      fc.integer({ min: 0xd7ff, max: 0xe001 }),
      fc.constantFrom(0, 1, 0x22, 0x2d, 0x61),
    ),
  )
  .map((units) => String.fromCharCode(...units));
const pairs = fc.tuple(anyText, anyText);

test('texts that differ have keys that differ; the same text has the same', () => {
  fc.assert(
    fc.property(pairs, ([one, two]) => {
      expect(textBytes(one).equals(textBytes(two))).toBe(one === two);
      expect(siteText(one) === siteText(two)).toBe(one === two);
      expect(idBytes(one).equals(idBytes(two))).toBe(one === two);
      expect(siteText(one).isWellFormed()).toBe(true);
      expect(siteText(one)).not.toBe(NO_SITE);
    }),
    {
      examples: [[['a\ud800', 'a\ufffd']], [['\ud800\udc00', '\ud800']], [['', '\0']]],
    },
  );
});

test.each([
  ['site_a', 'site_a'],
  ['', ''],
  ['a\0b', 'a\0b'],
  ['😀', '😀'],
  ['a\ud800', '\u0001"a\\ud800"'],
  ['\u0001ids', '\u0001"\\u0001ids"'],
])('the site %j stands in the table as %j', (siteId, text) => {
  expect(siteText(siteId)).toBe(text);
});

test('what UTF-8 can say is UTF-8; a half surrogate is three bytes, and in order of its number', () => {
  expect(textBytes('ä😀')).toEqual(Buffer.from('ä😀'));
  expect(textBytes('ä\ud800😀\udfff').toString('hex')).toBe('c3a4eda080f09f9880edbfbf');
});

test('a lower-case UUID takes 17 bytes; no other text can be taken for it', () => {
  const uuid = '0199c2f0-0000-7000-8000-00000000abcd';
  expect(idBytes(uuid).toString('hex')).toBe('010199c2f00000700080000000' + '0000abcd');
  expect(idBytes(uuid.toUpperCase())).toHaveLength(37);
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(idBytes(id).toString('hex')).toBe(`01${id.replaceAll('-', '')}`);
    }),
  );
  fc.assert(
    fc.property(fc.nat(35), fc.constantFrom('-', 'g', 'A', '/', ':', '`', ' ', '\u0130'), (at, odd) => {
      const other = uuid.slice(0, at) + odd + uuid.slice(at + 1);
      if (other !== uuid) expect(idBytes(other)[0]).toBe(0);
    }),
  );
  expect(idBytes(idBytes(uuid).toString('latin1')).equals(idBytes(uuid))).toBe(false);
});

test('numbers are written as Cassandra has them', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (at) => {
      expect(timeBytes(at).readBigInt64BE()).toBe(BigInt(at));
    }),
    { examples: [[-1], [2 ** 32], [-(2 ** 31)], [1e15], [-1e15]] },
  );
  expect(timeBytes(-0.5).readBigInt64BE()).toBe(-1n);
  expect(intBytes(-3).readInt32BE()).toBe(-3);
});

test('the hash stays as it is, for ever', () => {
  const hashes = ['', 'v1', 'visitor-a', 'AZaz09-_AZaz09-_'].map((text) => keyHash(textBytes(text)));
  expect(hashes).toEqual([2872998923, 4262301298, 1270336104, 59610256]);
});

test.each([4, 16, 64])('keys that look alike spread over %i shards', (shards) => {
  for (const keyOf of [
    (n: number) => idBytes(`order ${n}`),
    (n: number) => textBytes(`${n}`.padStart(16, 'x')),
  ]) {
    const counts = Array.from({ length: shards }, () => 0);
    for (let n = 0; n < 1_000 * shards; n += 1) {
      const shard = keyHash(keyOf(n)) % shards;
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(200);
  }
});
