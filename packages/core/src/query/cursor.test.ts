import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cursorText, parseCursor } from './cursor.ts';

const value = fc.oneof(fc.constant(null), fc.integer(), fc.constantFrom('12.30', '-0.50', '1000'));

test('what was written is read, whatever the texts', () => {
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 3 }),
      fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }),
      (values, key) => {
        const text = cursorText({ values, key });
        expect(text).toMatch(/^[\w-]*$/);
        expect(parseCursor(text, { orders: values.length, dimensions: key.length })).toEqual({ values, key });
      },
    ),
  );
});

test.each([
  '',
  'AAAA',
  '%%%',
  7,
  null,
  cursorText({ values: [1], key: ['a', 'b'] }),
  cursorText({ values: ['1; DROP TABLE site'], key: ['a'] }),
  'A'.repeat(20_000),
])('%j is not ours', (text) => {
  expect(() => parseCursor(text, { orders: 1, dimensions: 1 })).toThrow(
    expect.objectContaining({ code: 'invalid_pagination', where: 'pagination.cursor' }),
  );
});
