import type { estypes } from '@elastic/elasticsearch';
import { matchAll, type Path, type Query } from './condition.ts';
import type { Aggregations, Bucket } from './parts.ts';
import type { Target } from './target.ts';

/** One question inside a search: which visitor-days, which of their events or items, in which groups, and what is counted there. */
export type Question = {
  roots: readonly Query[];
  path: Path;
  where: readonly Query[];
  /** Fields whose values make the groups; none: all is one group. */
  fields: readonly string[];
  aggs: Aggregations;
};

export type Group = { values: readonly unknown[]; bucket: Bucket };

/** Buckets of one answer (`search.max_buckets` is 65,536). */
const MOST_BUCKETS = 60_000;
/** Groups of one answer, which is read as a whole: some milliseconds. */
export const PAGE = 2_500;

type After = estypes.AggregationsCompositeAggregateKey;
type Composite = { buckets: (Bucket & { key: Record<string, unknown> })[]; after_key?: After };

const keyName = (index: number) => `k${index}`;

/** Groups by the values of fields, a page of them. */
export function groupsBy(
  fields: readonly string[],
  { size, after, aggs }: { size: number; after: After | null; aggs: Aggregations },
): Aggregations {
  if (fields.length === 0) return aggs;
  const sources = fields.map((field, index) => ({
    [keyName(index)]: { terms: { field, missing_bucket: true } },
  }));
  const composite = { size, sources, ...(after === null ? {} : { after }) };
  return { groups: { composite, ...(Object.keys(aggs).length > 0 ? { aggs } : {}) } };
}

/** The groups in a bucket, and where the next page begins; null when there is none. */
export function groupsIn(
  bucket: Bucket,
  fields: readonly string[],
  size: number,
): { groups: Group[]; after: After | null } {
  if (fields.length === 0)
    return { groups: bucket.doc_count > 0 ? [{ values: [], bucket }] : [], after: null };
  const { buckets, after_key: after } = bucket.groups as Composite;
  const groups = buckets.map((one) => ({
    values: fields.map((_, index) => one.key[keyName(index)]),
    bucket: one,
  }));
  return { groups, after: buckets.length < size ? null : (after ?? null) };
}

function nested({ roots, path, where, fields, aggs }: Question, page: { size: number; after: After | null }) {
  const groups = groupsBy(fields, { ...page, aggs });
  const kept = { filter: matchAll(where), ...(Object.keys(groups).length > 0 ? { aggs: groups } : {}) };
  return { filter: matchAll(roots), aggs: { nested: { nested: { path }, aggs: { kept } } } };
}

type Running = { question: Question; index: number; after: After | null };

/** Asks several questions in as few searches as their pages need; hands out each group with the number of its question. */
export async function ask(
  target: Target,
  questions: readonly Question[],
  take: (group: Group, question: number) => void,
): Promise<void> {
  let running = questions.map((question, index): Running => ({ question, index, after: null }));
  while (running.length > 0) {
    const size = Math.max(1, Math.min(PAGE, Math.floor(MOST_BUCKETS / running.length)));
    const aggs = Object.fromEntries(
      running.map(({ question, index, after }) => [`q${index}`, nested(question, { size, after })]),
    );
    const { aggregations } = await target.search({ size: 0, query: matchAll(target.scope), aggs });
    // A moment of indices none of which was there yet: a day is known before anything is written to it.
    if (aggregations === undefined) return;
    running = running.flatMap(({ question, index }) => {
      const root = aggregations[`q${index}`] as unknown as { nested: { kept: Bucket } };
      const { groups, after } = groupsIn(root.nested.kept, question.fields, size);
      for (const group of groups) take(group, index);
      return after === null ? [] : [{ question, index, after }];
    });
    if (running.length > 0) await target.pause();
  }
}
