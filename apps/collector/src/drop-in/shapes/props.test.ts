import { expect, test } from 'vitest';
import { collectProps } from './props.ts';

/** Lists within lists, as a hostile sender nests them. */
function nested(depth: number): unknown {
  return JSON.parse('['.repeat(depth) + ']'.repeat(depth));
}

test('objects become names with dots, lists text of JSON, and what says nothing is left out', () => {
  const said = {
    plan: 'pro',
    count: 3,
    gift: true,
    none: null,
    '': 'x',
    cart: { size: 2, of: { kind: 'b2b' } },
  };
  expect(collectProps({ ...said, tags: ['a', 1, { b: 2 }] })).toEqual({
    plan: 'pro',
    count: '3',
    gift: 'true',
    'cart.size': '2',
    'cart.of.kind': 'b2b',
    tags: '["a",1,{"b":2}]',
  });
});

test('what an event cannot have is cut: the first 30, names to 300, values to 2,000', () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`p${index}`, index]));
  expect(Object.keys(collectProps(many))).toEqual(Object.keys(many).slice(0, 30));
  const [[name, value] = ['', '']] = Object.entries(collectProps({ ['n'.repeat(400)]: 'v'.repeat(3_000) }));
  expect([name.length, value.length]).toEqual([300, 2_000]);
});

test('fields that became something else are not props, whatever is within them', () => {
  expect(
    collectProps({ url: 'x', page: { url: 'y' }, products: { a: 1 } }, new Set(['url', 'products'])),
  ).toEqual({
    'page.url': 'y',
  });
});

test('what is nested without end is told so', () => {
  expect(collectProps({ deep: nested(100_000), five: { a: { b: { c: { d: { e: 1 } } } } } })).toEqual({
    deep: '[…]',
    'five.a.b.c.d': '{"e":1}',
  });
});

test('names that objects inherit are names as any other', () => {
  const props = collectProps(JSON.parse('{"__proto__":{"polluted":1},"constructor":"c","toString":{"a":1}}'));
  expect(Object.entries(props)).toEqual([
    ['__proto__.polluted', '1'],
    ['constructor', 'c'],
    ['toString.a', '1'],
  ]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
