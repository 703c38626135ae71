import fc from 'fast-check';
import { expect, test } from 'vitest';
import { constant, identifier, join, sql, statement } from './sql.ts';

test('slots become numbered parameters in their order', () => {
  expect(statement(sql`a = ${1} AND b = ${'x'}`)).toEqual({ text: 'a = $1 AND b = $2', values: [1, 'x'] });
});

test('fragments nest, and parameters are numbered through', () => {
  const inner = sql`b = ${'x'} OR c = ${null}`;
  expect(statement(sql`a = ${1} AND (${inner}) AND d = ${true}`)).toEqual({
    text: 'a = $1 AND (b = $2 OR c = $3) AND d = $4',
    values: [1, 'x', null, true],
  });
});

test('a fragment used twice brings its parameters twice', () => {
  const one = sql`${'x'}::text`;
  expect(statement(sql`${one} || ${one}`)).toEqual({ text: '$1::text || $2::text', values: ['x', 'x'] });
});

test('a list is one parameter', () => {
  expect(statement(sql`a = ANY (${['x', 'y']})`)).toEqual({ text: 'a = ANY ($1)', values: [['x', 'y']] });
});

test('fragments are joined, and none is nothing', () => {
  expect(statement(join([sql`a = ${1}`, sql`b`, sql`c = ${2}`], ' AND '))).toEqual({
    text: 'a = $1 AND b AND c = $2',
    values: [1, 2],
  });
  expect(statement(sql`x${join([], ', ')}y`)).toEqual({ text: 'xy', values: [] });
});

test('undefined is refused: it is a forgotten value', () => {
  expect(() => sql`a = ${undefined as unknown as string}`).toThrow(TypeError);
});

test('a column is quoted, and what is not a plain name is refused', () => {
  expect(statement(identifier('utm_source')).text).toBe('"utm_source"');
  for (const name of ['', 'a"b', 'a b', 'A', '1a', 'a;', 'ä'])
    expect(() => identifier(name)).toThrow(TypeError);
});

test('a word of ours is a constant, and what is not plain is refused', () => {
  expect(statement(sql`name = ${constant('add_to_cart')}`)).toEqual({
    text: "name = 'add_to_cart'",
    values: [],
  });
  for (const word of ['', "a'b", 'a b', 'A', '1a', 'ä']) expect(() => constant(word)).toThrow(TypeError);
});

test('no text of a parameter ever stands in the statement', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 })), (values) => {
      const made = statement(
        join(
          values.map((value) => sql`a = ${value}`),
          ' OR ',
        ),
      );
      expect(made.text).toBe(values.map((_value, index) => `a = $${index + 1}`).join(' OR '));
      expect(made.values).toEqual(values);
    }),
  );
});
