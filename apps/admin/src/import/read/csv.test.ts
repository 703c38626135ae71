import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectDelimiter, parseValues, recordJoiner } from './csv.ts';

const joined = (text: string) => {
  const join = recordJoiner(',');
  return [...join(text.split('\n'), false), ...join([], true)];
};

test.each([
  ['a,b,c', ','],
  ['a;b;c', ';'],
  ['a\tb\tc,d', '\t'],
  ['a', ','],
])('%j has the delimiter %j', (heading, delimiter) => {
  expect(detectDelimiter(heading)).toBe(delimiter);
});

test('values with line ends belong to one record', () => {
  expect(joined('id,title\n1,"a\nb ""c"","\n2,d')).toEqual([
    { text: 'id,title', line: 1 },
    { text: '1,"a\nb ""c"","', line: 2 },
    { text: '2,d', line: 4 },
  ]);
});

test('a quote that is never closed costs its own record only, and so does one that another closes', () => {
  const good = Array.from({ length: 1_200 }, (_, n) => `${n},x`);
  const records = joined(['id,title', '1,"a', ...good].join('\n'));
  expect(records).toHaveLength(2 + good.length);
  const lines = ['id,title', '1,"a', '2,b', '3,"c"', '4,d'];
  expect(joined(lines.join('\n')).map(({ text }) => text)).toEqual(lines);
  expect(parseValues(['1,"a', '2,b'], ',')).toEqual([null, ['2', 'b']]);
});

test('a quote inside of a value opens nothing', () => {
  expect(joined('id,title\n1,5" screen\n2,b').map(({ text }) => text)).toEqual([
    'id,title',
    '1,5" screen',
    '2,b',
  ]);
});

test('whatever is written as CSV is read again, and whatever else is read never throws', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é') });
  const written = (values: string[]) => values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
      const records = joined(['a,b,c', ...rows.map(written)].join('\n')).map(({ text }) => text);
      expect(parseValues(records, ',')).toEqual([['a', 'b', 'c'], ...rows]);
    }),
  );
  fc.assert(
    fc.property(fc.array(cell), (lines) => {
      const records = joined(lines.join('\n'));
      expect(records.map(({ text }) => text).join('\n')).toBe(lines.join('\n'));
      parseValues(
        records.map(({ text }) => text),
        ',',
      );
    }),
  );
});
