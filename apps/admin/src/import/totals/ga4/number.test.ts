import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseGa4Count, parseGa4Mean } from './number.ts';

test.each([
  ['1234', 1234],
  ['1,234', 1234],
  ['1.234', 1234],
  ['1.234.567', 1_234_567],
  ['1 234', 1234],
  ['1\u202f234', 1234],
  ["1'234", 1234],
  ['', 0],
  ['12.0', 12],
  ['12,0', 12],
  ['-3', null],
  ['many', null],
])('a count %j is %j in every language', (cell, count) => {
  expect(parseGa4Count(cell)).toBe(count);
});

test.each([
  ['53.870588235294118', 53.870588235, 53.870588235],
  ['1.234,56', 1234.56, 1234.56],
  ['1,234.56', 1234.56, 1234.56],
  ['10.125', 10.125, 10.125],
  ['53,87', 53.87, 5387],
  ['1 234,5', 1234.5, 12_345],
  ['67,8%', 0.678, 6.78],
  ['50 %', 0.5, 0.5],
  ['00:01:05', 65, 65],
  ['1:05', 65, 65],
  ['', 0, 0],
  ['x', null, null],
])('a mean %j is %j where the comma is decimal, and %j where it groups', (cell, comma, point) => {
  const round = (value: number | null) => (value === null ? null : Number(value.toFixed(9)));
  expect(round(parseGa4Mean(cell, ','))).toBe(comma === null ? null : round(comma));
  expect(round(parseGa4Mean(cell, '.'))).toBe(point === null ? null : round(point));
});

test('no cell makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), (cell) => {
      parseGa4Count(cell);
      parseGa4Mean(cell, ',');
    }),
  );
});
