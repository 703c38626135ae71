import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteReader, byteWriter, isVarint, LARGEST_VARINT } from './bytes.ts';

test('what is read is what was written, however much of it', () => {
  const piece = fc.oneof(
    fc.integer({ min: 0, max: 255 }).map((byte) => ({ byte })),
    fc.integer({ min: 0, max: LARGEST_VARINT }).map((varint) => ({ varint })),
    fc.string({ unit: 'grapheme', maxLength: 40_000, size: 'max' }).map((text) => ({ text })),
  );
  fc.assert(
    fc.property(fc.array(fc.array(piece, { maxLength: 4 }), { maxLength: 6 }), (takes) => {
      const writer = byteWriter();
      const taken = takes.map((pieces) => {
        for (const one of pieces) {
          if ('byte' in one) writer.byte(one.byte);
          else if ('varint' in one) writer.varint(one.varint);
          else writer.text(one.text);
        }
        return writer.take();
      });
      const read = takes.map((pieces, n) => {
        const reader = byteReader(taken[n] as Buffer);
        return pieces.map((one) => {
          if ('byte' in one) return { byte: reader.byte() };
          return 'varint' in one ? { varint: reader.varint() } : { text: reader.text() };
        });
      });
      expect(read).toEqual(takes);
    }),
    { numRuns: 50 },
  );
});

test.each([
  [LARGEST_VARINT, true],
  [LARGEST_VARINT + 1, false],
  [-1, false],
  [0.5, false],
  [Number.NaN, false],
  ['7', false],
])('%s is a varint: %s', (value, expected) => {
  expect(isVarint(value)).toBe(expected);
});
