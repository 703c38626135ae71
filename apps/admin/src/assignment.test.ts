import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignments } from './assignment.ts';

test('each text is a name and a value, which may hold = or nothing', () => {
  expect(assignments(['plan=pro', ' a = b=c ', 'empty='], 'prop')).toEqual({
    plan: 'pro',
    a: 'b=c',
    empty: '',
  });
  expect(assignments([], 'prop')).toEqual({});
});

test('whatever names and values are joined come apart again', () => {
  const name = fc.stringMatching(/^[^=\s]+$/);
  const value = fc.stringMatching(/^\S*$/);
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([one]) => one }), (pairs) => {
      const texts = pairs.map(([one, other]) => `${one}=${other}`);
      expect(Object.entries(assignments(texts, 'prop')).sort()).toEqual(pairs.toSorted());
    }),
  );
});

test.each([[['plan']], [['=pro']], [['']], [['a=1', 'a=2']]])('%j is refused, naming the option', (texts) => {
  expect(() => assignments(texts, 'prop')).toThrow(
    expect.objectContaining({ code: 'invalid_option', where: 'prop' }),
  );
});
