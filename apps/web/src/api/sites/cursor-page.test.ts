import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPage, readPageQuery } from './cursor-page.ts';

const search = (parameters: Record<string, string>) => readPageQuery(new URLSearchParams(parameters));
const itself = (text: string) => text;

describe('the parameters of a list', () => {
  it.each(['0', '1001', '-1', '1e2', 'x', ''])('have no limit of %j', (limit) => {
    expect(() => search({ limit })).toThrow(
      expect.objectContaining({ code: 'invalid_parameter', where: 'limit' }),
    );
  });

  it('name one end alone', () => {
    expect(() => search({ after: 'YQ', before: 'YQ' })).toThrow(
      expect.objectContaining({ code: 'invalid_parameter', where: 'before' }),
    );
  });

  it('are 100 rows from the beginning unless something else is said', () => {
    expect(search({})).toEqual({ after: null, before: null, limit: 100 });
  });
});

describe('pages', () => {
  const lists = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 30 });
  const limits = fc.integer({ min: 1, max: 7 });

  it('followed forwards, and back again, have every item once, in order', () => {
    fc.assert(
      fc.property(lists, limits, (items, limit) => {
        const sorted = [...items].sort((one, other) => (one < other ? -1 : 1));
        /** Every page from one on, in one direction. */
        const follow = (from: Record<string, string>, to: 'after' | 'before'): string[][] => {
          const { page, meta } = cutPage(items, itself, search({ ...from, limit: String(limit) }));
          const next = meta[to];
          return [page, ...(next === null ? [] : follow({ [to]: next }, to))];
        };
        const ahead = follow({}, 'after');
        expect(ahead.flat()).toEqual(sorted);
        const [end, ...others] = ahead.toReversed();
        const edge = Buffer.from(end?.[0] ?? '').toString('base64url');
        const back = others.length === 0 ? [] : follow({ before: edge }, 'before').toReversed();
        expect([...back.flat(), ...(end ?? [])]).toEqual(sorted);
      }),
    );
  });

  it('do not slip when the item at their edge is gone', () => {
    const { meta } = cutPage(['a', 'b', 'c', 'd'], itself, search({ limit: '2' }));
    const { page } = cutPage(['a', 'c', 'd'], itself, search({ after: meta.after ?? '', limit: '2' }));
    expect(page).toEqual(['c', 'd']);
  });

  it('behind the last item are empty', () => {
    const after = Buffer.from('z').toString('base64url');
    expect(cutPage(['a'], itself, search({ after }))).toEqual({
      page: [],
      meta: { after: null, before: null, limit: 100 },
    });
  });
});
