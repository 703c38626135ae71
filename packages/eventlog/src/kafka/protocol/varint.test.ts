import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Encoder } from '../client/kafkajs.ts';
import { Cursor, varintSize, write } from './varint.ts';

// Zigzag doubles a number, so that the largest that stays exact is half of the largest safe one.
const MOST = 2 ** 52 - 1;
const whole = fc.oneof(fc.nat(300), fc.nat(), fc.integer({ min: 0, max: MOST }));

test('what is written is read, and takes as many bytes as said', () => {
  fc.assert(
    fc.property(fc.array(whole), (values) => {
      const bytes = Buffer.alloc(values.reduce((sum, value) => sum + varintSize(value), 0));
      const end = values.reduce((at, value) => write(bytes, value, at), 0);
      expect(end).toBe(bytes.length);
      const cursor = new Cursor(bytes);
      expect(values.map((value) => (value <= 0x3fffffff ? cursor.int() : cursor.long()))).toEqual(values);
      expect(cursor.at).toBe(end);
    }),
  );
});

test('is written as kafkajs writes it, and what kafkajs writes is read, below zero too', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MOST }), (value) => {
      const bytes = Buffer.alloc(varintSize(value));
      write(bytes, value, 0);
      expect(bytes).toEqual(new Encoder().writeVarLong(value).buffer);
      for (const one of [value, -value])
        expect(new Cursor(new Encoder().writeVarLong(one).buffer).long()).toBe(one === 0 ? 0 : one);
    }),
  );
  fc.assert(
    fc.property(fc.integer(), (value) => {
      expect(new Cursor(new Encoder().writeVarInt(value).buffer).int()).toBe(value);
    }),
  );
});
