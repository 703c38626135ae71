import type { CountPart, MoneyPart } from '@footfall/core/part';
import type { GroupKey, PartQuery, PartRow } from '@footfall/core/part-query';
import { rollUpDimension } from '../../roll-up-dimension.ts';
import { DIGIT_GROUPS, fromDigitGroups } from '../schema/digit-groups.ts';
import type { RowCollector } from './collect-rows.ts';
import { groupsBy, groupsIn, PAGE } from './composite.ts';
import { matchAll, matchTexts, not, type Query } from './condition.ts';
import { keyText } from './keys.ts';
import type { Aggregations, Bucket } from './parts.ts';
import type { Target } from './target.ts';

export type RollUpsQuery = Extract<PartQuery, { source: 'rollUps' }>;

const FIELDS: Partial<Record<GroupKey['kind'], string>> = { day: 'day', currency: 'currency' };

const sum = (field: string) => ({ sum: { field } });
const wholeSum = (bucket: Bucket, name: string): number =>
  Math.round((bucket[name] as Bucket | undefined)?.value ?? 0);

function buildConditions(query: RollUpsQuery): Query[] {
  const dimension: Query = { term: { dimension: rollUpDimension(query.groupBy) } };
  const hasCurrency: Query = { exists: { field: 'currency' } };
  if (query.relation !== 'money') return [dimension, not(hasCurrency)];
  const { codes, negated } = query.currency;
  const inCurrency = matchTexts('currency', codes);
  return [dimension, hasCurrency, negated ? not(inCurrency) : inCurrency];
}

function buildSums(query: RollUpsQuery): Aggregations {
  const names =
    query.relation === 'money'
      ? query.parts.flatMap((part) => DIGIT_GROUPS.map((place) => `${part}${place}`))
      : query.parts;
  return Object.fromEntries(names.map((name) => [name, sum(name)]));
}

function read(query: RollUpsQuery, bucket: Bucket): Pick<PartRow, 'counts' | 'amounts'> {
  if (query.relation !== 'money')
    return {
      counts: Object.fromEntries(query.parts.map((part: CountPart) => [part, wholeSum(bucket, part)])),
    };
  const amount = (part: MoneyPart) =>
    fromDigitGroups(DIGIT_GROUPS.map((place) => wholeSum(bucket, `${part}${place}`)));
  return { counts: {}, amounts: Object.fromEntries(query.parts.map((part) => [part, amount(part)])) };
}

/**
 * Rows of a question to roll-ups, each group once, as `collected` keeps them.
 * @throws Failure `unanswerable` for a question that {@link PartQuery} rules out
 */
export async function askRollUps<Rows>(
  query: RollUpsQuery,
  target: Target,
  collected: RowCollector<Rows>,
): Promise<Rows> {
  const fields = query.groupBy.map(({ kind }) => FIELDS[kind] ?? 'value');
  const aggs = buildSums(query);
  const where = buildConditions(query);
  let after = null as ReturnType<typeof groupsIn>['after'];
  do {
    const kept = { filter: matchAll(where), aggs: groupsBy(fields, { size: PAGE, after, aggs }) };
    const { aggregations } = await target.search({
      size: 0,
      query: matchAll([...target.scope, ...where]),
      aggs: { kept },
    });
    const page = groupsIn(aggregations?.kept as unknown as Bucket, fields, PAGE);
    for (const { values, bucket } of page.groups)
      collected.add({ key: values.map(keyText), ...read(query, bucket) });
    after = page.after;
    if (after !== null) await target.pause();
  } while (after !== null);
  return collected.rows();
}
