import { describe, expect, it } from 'vitest';
import { arraySchema, choiceSchema, objectSchema, oneOfTexts, ref, tupleSchema } from './json-schema.ts';

const TEXT = { type: 'string' };
const NUMBER = { type: 'number' };

describe('schemas of the document', () => {
  it('of an object want all that is not optional, and nothing else', () => {
    expect(objectSchema({ a: TEXT, b: NUMBER }, ['b'])).toEqual({
      type: 'object',
      properties: { a: TEXT, b: NUMBER },
      required: ['a'],
      additionalProperties: false,
    });
    expect(objectSchema({ a: TEXT }).required).toEqual(['a']);
    expect(objectSchema({}).required).toEqual([]);
  });

  it('of a tuple want exactly its members', () => {
    expect(tupleSchema(TEXT, NUMBER)).toEqual({
      type: 'array',
      prefixItems: [TEXT, NUMBER],
      items: false,
      minItems: 2,
      maxItems: 2,
    });
  });

  it('of a list may have bounds', () => {
    expect(arraySchema(TEXT)).toEqual({ type: 'array', items: TEXT });
    expect(arraySchema(TEXT, { minItems: 1 })).toMatchObject({ items: TEXT, minItems: 1 });
  });

  it('of a choice say what each means, and keep the order', () => {
    expect(choiceSchema({ asc: 'up', desc: 'down' })).toEqual({
      oneOf: [
        { const: 'asc', description: 'up' },
        { const: 'desc', description: 'down' },
      ],
    });
    expect(oneOfTexts(['b', 'a'])).toEqual({ type: 'string', enum: ['b', 'a'] });
  });

  it('point to each other by name', () =>
    expect(ref('Metric')).toEqual({ $ref: '#/components/schemas/Metric' }));
});
