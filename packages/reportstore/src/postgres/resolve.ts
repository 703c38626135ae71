import { foldCase } from '@footfall/core/case';
import { type Dimension, dimensionName, ITEM_DIMENSIONS } from '@footfall/core/dimension';
import type { FactFilter } from '@footfall/core/part-query';
import { RE2JS } from 're2js';
import { reportStoreFailure } from '../errors.ts';
import { factText, storable } from '../sql/columns.ts';
import { identifier, type Sql, sql } from '../sql/sql.ts';
import { POSTGRES } from './dialect.ts';

type Match = Extract<FactFilter, { type: 'match' }>;

/** All distinct texts of a dimension in the facts that a question is about. */
export type DistinctTexts = (dimension: Dimension) => Promise<readonly string[]>;

const isResolved = ({ op, caseSensitive }: Match): boolean => op !== 'matches' && caseSensitive;

/** @throws Failure `unanswerable`; whoever asks has tried the pattern before. */
function patternOf(value: string, caseSensitive: boolean): RE2JS {
  try {
    return RE2JS.compile(value, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
  } catch (cause) {
    throw reportStoreFailure('unanswerable', 'this is no pattern that RE2 knows', { cause });
  }
}

/** Whether a text meets a condition, as RE2 and simple case folding have it. */
function testOf({ op, values, caseSensitive }: Match): (text: string) => boolean {
  if (op === 'matches') {
    const patterns = values.map((value) => patternOf(storable(value), caseSensitive));
    return (text) => patterns.some((pattern) => pattern.matcher(text).find());
  }
  const fold = (text: string) => (caseSensitive ? text : foldCase(text));
  const wanted = values.map((value) => fold(storable(value)));
  if (op === 'is') return (text) => wanted.includes(fold(text));
  return (text) => {
    const folded = fold(text);
    return wanted.some((value) => folded.includes(value));
  };
}

/**
 * A filter in which what Postgres cannot compare as we do (patterns of RE2, letters of any case) has become the list of texts that
 * there are and that meet it.
 */
export async function resolve(filter: FactFilter, texts: DistinctTexts): Promise<FactFilter> {
  switch (filter.type) {
    case 'and':
    case 'or': {
      const of: FactFilter[] = [];
      for (const one of filter.of) of.push(await resolve(one, texts));
      return { ...filter, of };
    }
    case 'not':
    case 'has_done':
      return { ...filter, of: await resolve(filter.of, texts) };
    case 'match': {
      if (isResolved(filter)) return filter;
      const meets = testOf(filter);
      const values = (await texts(filter.dimension)).filter(meets);
      return { ...filter, op: 'is', caseSensitive: true, values };
    }
  }
}

/** The SQL of all distinct texts of a dimension in a relation with conditions. */
export function distinctTexts(dimension: Dimension, from: Sql): Sql {
  if (dimension.kind !== 'item')
    return sql`SELECT DISTINCT ${factText(dimension, POSTGRES)} AS text FROM ${from}`;
  const column = identifier(`item_${ITEM_DIMENSIONS[dimension.name].field}`);
  return sql`SELECT DISTINCT ${column} AS text FROM (${POSTGRES.withItems(sql`(SELECT * FROM ${from})`)}) AS items`;
}

/** Remembers the texts of dimensions for as long as one question is prepared. */
export function rememberTexts(ask: DistinctTexts): DistinctTexts {
  const known = new Map<string, Promise<readonly string[]>>();
  return (dimension) => {
    const name = dimensionName(dimension);
    const asked = known.get(name) ?? ask(dimension);
    known.set(name, asked);
    return asked;
  };
}
