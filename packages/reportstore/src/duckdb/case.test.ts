import { DuckDBInstance, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { foldCase } from '@footfall/core/case';
import { expect, test } from 'vitest';
import { identifier, statement } from '../sql/sql.ts';
import { DUCKDB } from './dialect.ts';

const isSurrogate = (point: number) => point >= 0xd800 && point <= 0xdfff;

/** Every code point that could be a letter, but those that no store holds: NUL, and the mark that decoders swallow. */
const LETTERS = Array.from({ length: 0x20000 }, (_, point) => point)
  .filter((point) => point !== 0 && point !== 0xfeff && !isSurrogate(point))
  .map((point) => String.fromCodePoint(point));

test('letters of any alphabet are folded as the core folds them', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  // The dialect's own words for a comparison without case.
  const { text } = statement(DUCKDB.isOneOf(identifier('letter'), ['x'], false));
  const fold = text.slice(0, text.indexOf(' IN '));
  const different: string[] = [];
  for (let from = 0; from < LETTERS.length; from += 2_048) {
    const some = LETTERS.slice(from, from + 2_048);
    const rows = await connection.runAndReadAll(
      `SELECT ${fold} FROM (SELECT unnest($1) AS letter)`,
      [listValue(some)],
      [LIST(VARCHAR)],
    );
    rows.getRows().forEach(([folded], index) => {
      if (folded !== foldCase(some[index] as string)) different.push(some[index] as string);
    });
  }
  connection.closeSync();
  instance.closeSync();
  expect(different).toEqual([]);
});
