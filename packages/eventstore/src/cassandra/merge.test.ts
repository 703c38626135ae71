import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeByVisitor, type Pages } from './merge.ts';

type Row = { visitor: string; n: number };
const rowVisitor = ({ visitor }: Row) => visitor;

/** A partition's rows as pages of some sizes; empty pages come too, as they do from a filter. */
function makePages(rows: Row[], sizes: number[]): Pages<Row> {
  let at = 0;
  let turn = 0;
  return async () => {
    if (at >= rows.length && turn >= sizes.length) return null;
    const size = sizes[turn] ?? 3;
    turn += 1;
    at += size;
    return rows.slice(at - size, at);
  };
}

async function readChunks(partitions: Pages<Row>[], size: number): Promise<Row[][]> {
  const chunks: Row[][] = [];
  for await (const chunk of mergeByVisitor(partitions, { visitorOf: rowVisitor, size })) chunks.push(chunk);
  return chunks;
}

const visitors = fc.constantFrom('', 'a', 'aa', 'b', 'c', '\u00ff');
const partitions = fc.array(
  fc.record({
    names: fc.array(visitors, { maxLength: 20 }),
    sizes: fc.array(fc.nat(4), { maxLength: 4 }),
  }),
  { maxLength: 80 },
);

test('each row comes once, those of a visitor together in one chunk, visitors in order', async () => {
  await fc.assert(
    fc.asyncProperty(partitions, fc.integer({ min: 1, max: 9 }), async (all, size) => {
      let n = 0;
      const rows = all.map(({ names }) => names.toSorted().map((visitor) => ({ visitor, n: n++ })));
      const chunks = await readChunks(
        rows.map((own, index) => makePages(own, all[index]?.sizes ?? [])),
        size,
      );
      const got = chunks.flat();
      expect(got.map((row) => row.n).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, at) => at));
      expect(got.map(rowVisitor)).toEqual(rows.flat().map(rowVisitor).sort());
      for (const [index, chunk] of chunks.entries()) {
        expect(chunk.at(-1)?.visitor).not.toBe(chunks[index + 1]?.[0]?.visitor);
        if (index < chunks.length - 1) expect(chunk.length).toBeGreaterThanOrEqual(size);
        // As small as they can be without splitting the last visitor.
        expect(chunk.filter(({ visitor }) => visitor !== chunk.at(-1)?.visitor).length).toBeLessThan(size);
      }
    }),
  );
});

test('a page that cannot be read is a failure, whether it was fetched ahead or not', async () => {
  const broken = (): Pages<Row> => {
    let page = 0;
    return async () => {
      page += 1;
      if (page === 2) throw new Error('away');
      return [{ visitor: 'a', n: page }];
    };
  };
  for (const count of [1, 100]) {
    await expect(readChunks(Array.from({ length: count }, broken), 5)).rejects.toThrow('away');
  }
});

test('a reader that stops leaves nothing behind', async () => {
  let asked = 0;
  const endless: Pages<Row> = async () => [{ visitor: `${asked}`.padStart(9, '0'), n: asked++ }];
  for await (const chunk of mergeByVisitor([endless], { visitorOf: rowVisitor, size: 2 })) {
    expect(chunk).toHaveLength(2);
    break;
  }
  expect(asked).toBeLessThan(6);
});
