import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entityTag, isKnown, taggedAnswer } from './entity-tag.ts';

const answerAt = (data_through: string, visitors = 1) => ({
  results: [{ dimensions: [], metrics: [visitors] }],
  meta: { logic_version: '3', data_through },
});
const asked = (ifNoneMatch?: string) =>
  new Request('http://portal.example/api/v1/query', {
    method: 'POST',
    headers: ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch },
  });

describe('the tag of an answer', () => {
  it('is the same whenever all but data_through is, and never else', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.string(), fc.string(), (one, other, at, later) => {
        const same = entityTag(answerAt(at, one)) === entityTag(answerAt(later, other));
        expect(same).toBe(one === other);
      }),
    );
  });

  it.each([
    ['W/"a"', true],
    ['"a"', true],
    ['"b", W/"a"', true],
    ['*', true],
    ['"b"', false],
    ['a', false],
    [null, false],
  ])('W/"a" is known by %s: %s', (header, known) => expect(isKnown(header, 'W/"a"')).toBe(known));

  it('turns a question about what is known into 304, with the newer data_through', async () => {
    const first = taggedAnswer(asked(), answerAt('2026-01-07T10:00:00Z'));
    const tag = first.headers.get('etag') ?? '';
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = taggedAnswer(asked(tag), answerAt('2026-01-07T10:00:05Z'));
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect(again.headers.get('etag')).toBe(tag);
    expect(again.headers.get('x-data-through')).toBe('2026-01-07T10:00:05Z');
    expect(taggedAnswer(asked(tag), answerAt('2026-01-07T10:00:05Z', 2)).status).toBe(200);
  });
});
