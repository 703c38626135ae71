import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { statedHints } from './client-hints.ts';
import { clean, readShape, ShapeProblem } from './event-shape.ts';

// The same said once more, by a library that others have proven.
const absent = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
const textUpTo = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .refine((said) => [...said].length <= most)
    .transform(clean);
const text = (most: number, least = 0) => textUpTo(least, most).nullish().transform(absent);
const name = (most: number, least: number) =>
  z
    .union([textUpTo(least, most), z.number().transform(String)])
    .nullish()
    .transform(absent);
const decoration = z
  .string()
  .transform((value) => clean(value).slice(0, 2_000))
  .nullish()
  .transform(absent);
const pixels = z.number().int().min(0).max(100_000);
const item = z.object({
  sku: z.union([textUpTo(1, 200), z.number().transform(String)]),
  name: text(500),
  category: text(500),
  price: z.unknown().optional(),
  quantity: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .nullish()
    .transform((quantity) => quantity ?? 1),
});
const amount = (most: number) => z.number().min(0).max(most).nullish().transform(absent);
const SCHEMA = z.object({
  id: text(128, 1),
  name: z.unknown().optional(),
  ts: z.unknown().optional(),
  timestamp: z.unknown().optional(),
  url: z.unknown().optional(),
  revenue: z.unknown().optional(),
  referrer: decoration,
  title: decoration,
  screen: z.tuple([pixels, pixels]).nullish().transform(absent),
  lang: text(64),
  props: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .nullish()
    .transform(absent),
  interactive: z.boolean().nullish().transform(absent),
  hash: z.boolean().nullish().transform(absent),
  order: name(200, 1),
  items: z.array(item).max(200).nullish().transform(absent),
  scroll: amount(100),
  engaged_ms: amount(86_400_000),
  since_ms: amount(3_653 * 86_400_000),
  visitor: name(128, 1),
  user: name(128, 0),
  ip: text(64),
  user_agent: decoration,
  hints: z
    .object({ model: text(100), platform_version: text(100) })
    .nullish()
    .transform((hints) => (hints ? statedHints(hints.model, hints.platform_version) : undefined)),
});

const odd = fc.constantFrom<unknown>(
  '',
  'a\0b\ud800',
  'x'.repeat(64),
  'x'.repeat(65),
  '😀'.repeat(64),
  '😀'.repeat(65),
  'x'.repeat(129),
  'x'.repeat(2_001),
  -1,
  0,
  0.5,
  100,
  100.5,
  1e300,
  true,
  null,
  [],
  {},
  [1_440, 900],
  [1_440, 900, 1],
  [1.5, 2],
  [-1, 2],
  { a: 'b', n: 1, f: false, nothing: null },
  { model: 'Pixel 8', platform_version: '"14"' },
  { model: '"', platform_version: null },
  { model: 8 },
  { nested: {} },
  { list: [] },
  [{ sku: 'S1', price: '6.17', quantity: 2, name: 'Mug', category: null }],
  [{ sku: 7 }],
  [{ sku: '', quantity: null }],
  [{ sku: 'S', quantity: null }],
  [{ name: 'Mug' }],
  [null],
  Array(201).fill({ sku: 'S' }),
);
const value = fc.oneof({ weight: 4, arbitrary: odd }, fc.jsonValue({ maxDepth: 2 }));
const fields = Object.keys(SCHEMA.shape);
const event = fc.oneof(
  { weight: 6, arbitrary: fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 4 }) },
  value,
);

/** Without what is not said. */
const said = (shape: object) =>
  Object.fromEntries(Object.entries(shape).filter(([, one]) => one !== undefined));

test('it is what a schema says, field by field', () => {
  fc.assert(
    fc.property(event, (input) => {
      const expected = SCHEMA.safeParse(input);
      let read: object | ShapeProblem;
      try {
        read = said(readShape(input));
      } catch (problem) {
        read = problem as ShapeProblem;
      }
      if (expected.success) expect(read).toEqual(said(expected.data));
      else expect(read).toBeInstanceOf(ShapeProblem);
    }),
    { numRuns: 5_000 },
  );
});

test('each field alone', () => {
  for (const field of fields)
    for (const one of fc.sample(odd, { numRuns: 200, seed: 7 })) {
      const input = { [field]: one };
      const isRight = SCHEMA.safeParse(input).success;
      const read = () => readShape(input);
      if (isRight) expect(read, JSON.stringify(input)).not.toThrow();
      else expect(read, JSON.stringify(input)).toThrow();
    }
});

test.each([
  [null, 'event', 'must be an object'],
  [{ screen: 'wide' }, 'screen', 'must be a list of width and height'],
  [{ props: { nested: {} } }, 'props.nested', 'must be text, a number or a boolean'],
  [{ items: [{ sku: 'a' }, {}] }, 'items.1.sku', 'must be there'],
  [{ scroll: 101 }, 'scroll', 'must be a number from 0 to 100'],
])('%j: what and where', (input, where, problem) => {
  const thrown = (() => {
    try {
      return readShape(input);
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toEqual(new ShapeProblem(where, problem));
});
