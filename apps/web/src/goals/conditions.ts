import { trimBlanks } from '@footfall/core/blank';
import type { DimensionName } from '@footfall/core/dimension';

/** What the form of a segment asks about. The API knows more; what it kept is shown, too. */
export const SEGMENT_DIMENSIONS = [
  'visit:source',
  'visit:channel',
  'visit:utm_campaign',
  'visit:country',
  'visit:device',
  'visit:browser',
  'visit:os',
  'visit:language',
  'visit:entry_page',
  'event:page',
  'event:name',
] as const satisfies readonly DimensionName[];

export const SEGMENT_OPERATORS = ['is', 'is_not', 'contains', 'contains_not'] as const;

/** Rows of the form; one that has no value is left out. */
export const CONDITION_ROWS = [1, 2, 3] as const;

type Row = { dimension: string; operator: string; values: string };

/** The filters of the query language that rows of the form stand for; several values of a row stand between commas. */
export function readConditions(rows: readonly Row[]): unknown[] {
  return rows.flatMap(({ dimension, operator, values }) => {
    const list = values
      .split(',')
      .map((value) => trimBlanks(value))
      .filter((value) => value !== '');
    return list.length === 0 ? [] : [[operator, dimension, list]];
  });
}

type ShownCondition = {
  operator: (typeof SEGMENT_OPERATORS)[number];
  dimension: DimensionName;
  values: string[];
};

/** A filter as the form makes it; null for what the API alone can say. */
export function asCondition(filter: unknown): ShownCondition | null {
  if (!Array.isArray(filter) || filter.length !== 3) return null;
  const [operator, dimension, values] = filter as [unknown, unknown, unknown];
  const isKnown =
    (SEGMENT_OPERATORS as readonly unknown[]).includes(operator) &&
    (SEGMENT_DIMENSIONS as readonly unknown[]).includes(dimension) &&
    Array.isArray(values) &&
    values.every((value) => typeof value === 'string');
  return isKnown ? ({ operator, dimension, values } as ShownCondition) : null;
}
