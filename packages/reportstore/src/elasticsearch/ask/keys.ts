import { NONE } from '@footfall/core/dimension';
import { PARTS } from '@footfall/core/part';
import type { GroupKey, PartQuery } from '@footfall/core/part-query';
import { reportStoreFailure } from '../../errors.ts';
import { fieldName, ownField, type Path } from './condition.ts';

/** Where a value of a row's key comes from: a field of what is counted, or the branch that is counted in. */
export type KeySource = { kind: 'field'; field: string } | { kind: 'goal' };

/** Events count in their own hour, visits in the hour they start in: one question cannot do both. */
function hourField({ relation, parts }: PartQuery): string {
  if (relation !== 'counts') return 'hour';
  const [family, ...others] = new Set(parts.map((part) => PARTS[part].family));
  if (others.length > 0)
    throw reportStoreFailure('unanswerable', 'by the hour, parts of events and of visits are two questions');
  return family === 'visit' ? 'visitHour' : 'hour';
}

export function keySource(key: GroupKey, query: PartQuery, path: Path): KeySource {
  switch (key.kind) {
    case 'goal':
      return { kind: 'goal' };
    case 'day':
    case 'currency':
      return { kind: 'field', field: `${path}.${key.kind}` };
    case 'hour':
      return { kind: 'field', field: `${path}.${hourField(query)}` };
    case 'dimension':
      return {
        kind: 'field',
        field: key.dimension.kind === 'item' ? ownField(key.dimension) : fieldName(key.dimension, path),
      };
  }
}

export const hasItemKey = (groupBy: readonly GroupKey[]): boolean =>
  groupBy.some((key) => key.kind === 'dimension' && key.dimension.kind === 'item');

/** What is missing is not written. */
export const keyText = (value: unknown): string =>
  value === null || value === undefined ? NONE : String(value);
