import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32C as crcOfKafkajs } from '../client/kafkajs.fixture.ts';
import { crc32c } from './crc32c.ts';

// Test vectors of RFC 3720, appendix B.4.
test.each([
  ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['0 to 31', Buffer.from(Array.from({ length: 32 }, (_, n) => n)), 0x46dd794e],
  ['nothing', Buffer.alloc(0), 0],
])('of %s', (_, bytes, crc) => {
  expect(crc32c(bytes)).toBe(crc);
});

test('of anything, as kafkajs computes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(crc32c(Buffer.from(bytes))).toBe(crcOfKafkajs(Buffer.from(bytes)) >>> 0);
    }),
  );
});
